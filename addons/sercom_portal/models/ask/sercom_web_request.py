from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import hash_sign, hmac, plaintext2html, verify_hash_signed

from odoo.addons.sercom_requests.tools.local_time import to_utc
from odoo.addons.sercom_requests.tools.lock import lock_text, search_now

from ...tools.ask.form import URGENCIES

STAMP_SCOPE = "sercom_portal.ask"
STAMP_LIFE = timedelta(hours=24)
FASTEST = timedelta(seconds=2)  # nobody fills the form in less
PER_ADDRESS = 5  # requests of one address in an hour
PER_HOUR = 120  # of all visitors
LOCK_KEY = 0x5E50  # of the lock on an address that sends
KEPT_DAYS = 2
MAX_PHOTOS = 6
MAX_PHOTO_MB = 10
THANKS_TEMPLATE = "sercom_portal.mail_template_thanks"


class SercomWebRequest(models.Model):
    """One use of the public form: what keeps it from being sent twice, and too often.

    Of the visitor's address a keyed hash is kept, for two days.
    """

    _name = "sercom.web.request"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _description = "Request asked on the web"
    _order = "id desc"

    stamp = fields.Char(required=True, readonly=True, help="Of the page that was sent.")
    address_hash = fields.Char(required=True, readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    opportunity_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="cascade"
    )

    _stamp_uniq = models.UniqueIndex("(stamp)", "This page was sent already.")

    # The page's stamp

    @api.model
    def _make_stamp(self, key):
        """Stamp of a page that is shown now to the user, good for a day.

        :param str key: random text
        """
        values = [key, self.env.uid, int(fields.Datetime.now().timestamp())]
        return hash_sign(self.sudo().env, STAMP_SCOPE, values)  # sudo: the system's secret

    @api.model
    def _read_stamp(self, stamp, fastest=FASTEST):
        """Key of a stamp that was made for this user, not just now and not long ago; else none.

        It keeps other sites from sending the form in the name of who has signed in.

        :param timedelta fastest: in how little time a page may be sent
        """
        try:
            # sudo: the system's secret
            values = verify_hash_signed(self.sudo().env, STAMP_SCOPE, stamp or "")
        except ValueError:
            return None
        if not values or values[1] != self.env.uid:
            return None
        age = fields.Datetime.now().timestamp() - values[2]
        is_right = fastest.total_seconds() <= age <= STAMP_LIFE.total_seconds()
        return values[0] if is_right else None

    # Limits

    @api.model
    def _hash_address(self, address):
        return hmac(self.sudo().env, STAMP_SCOPE, address or "")  # sudo: the system's secret

    @api.model
    def _check_limits(self, address):
        """Refuse the form when it is sent too often, by one address or by all.

        :raises UserError:
        """
        since = fields.Datetime.now() - timedelta(hours=1)
        hashed = self._hash_address(address)
        # Many that one address sends at the same moment are counted one after the other.
        lock_text(self.env, LOCK_KEY, hashed)
        recent = self.search_count([("create_date", ">", since)], limit=PER_HOUR)
        own = search_now(self, [("create_date", ">", since), ("address_hash", "=", hashed)])
        if recent >= PER_HOUR or len(own) >= PER_ADDRESS:
            raise UserError(
                self.env._("We got many requests just now. Call us, or try again in an hour.")
            )

    @api.model
    def _note_use(self, key, address):
        """Note that a page is sent, in sudo, unless it is sent too often.

        :raises UserError:
        """
        self._check_limits(address)
        return self.with_user(SUPERUSER_ID).create(
            {"stamp": key, "address_hash": self._hash_address(address)}
        )

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)]).unlink()

    # What is made of it

    @api.model
    def _find_sent(self, key):
        return self.search([("stamp", "=", key)], limit=1)

    @api.model
    def _make(
        self, key, address, asked, product=None, partner=None, site=None, photos=(), slot=None
    ):
        """Make the request that a visitor asked for, in sudo; tell the office and thank them.

        :param str key: of the page's stamp; a page that is sent twice makes one request
        :param asked: ``tools.ask.form.Asked`` without errors
        :param product: service that they chose
        :param partner: client who has signed in
        :param site: site of theirs
        :param photos: list of ``(name, content in base64)``
        :param slot: free time that they chose, see ``_book``
        :return: ``crm.lead``
        :raises UserError: when it is sent too often
        """
        if found := self._find_sent(key):
            return found.opportunity_id
        used = self._note_use(key, address)
        Files = self.env["sercom.service.file"]
        lead = Files._make_web_request(**self._prepare_call_vals(asked, product, partner, site))
        used.opportunity_id = lead
        # The office reads it, in its language.
        office = self.with_context(lang=self.env.company.partner_id.lang or self.env.lang)
        lead._message_log(body=office._get_origin_note(asked, partner))
        self._add_photos(lead, photos)
        if slot:
            self._book(lead, product, slot)
        self._send_thanks(lead, partner)
        return lead

    @api.model
    def _book(self, lead, product, slot):
        """Hook: plan the job of a request, in sudo, at the time that was chosen with it."""

    @api.model
    def _prepare_call_vals(self, asked, product, partner, site):
        """Values of ``sercom.call`` for what was asked."""
        values = asked.values
        zone = self.env.company.partner_id.tz or self.env.company.resource_calendar_id.tz or "UTC"
        subject = product.name if product else values["need"]
        vals = {
            "name": subject.split("\n", 1)[0][:80],
            "need": "\n".join(filter(None, [values["need"], self._describe_day_part(asked)])),
            "priority": URGENCIES[values["urgency"]],
            "request_early": to_utc(asked.early, zone) if asked.early else False,
            "request_late": to_utc(asked.late, zone) if asked.late else False,
            "partner_id": partner.id if partner else False,
            "fsm_location_id": site.id if site else False,
            "lang": self.env.lang,
        }
        if not site:
            vals |= {name: values[name] for name in ("street", "city", "zip")}
        if not partner:
            vals |= {
                "contact_name": values["name"],
                "phone": values["phone"],
                "email": values["email"],
            }
        return vals

    @api.model
    def _describe_day_part(self, asked):
        """Words for the part of the day that suits who named no day."""
        words = {
            "morning": self.env._("Mornings suit best."),
            "afternoon": self.env._("Afternoons suit best."),
            "evening": self.env._("Evenings suit best."),
        }
        return "" if asked.early else words.get(asked.values.get("day_part"), "")

    @api.model
    def _get_origin_note(self, asked, partner):
        if partner:
            return self.env._("Asked on the web by %s, signed in.", partner.name)
        return self.env._(
            "Asked on the web by %(name)s (%(email)s), who agreed to be contacted about it and to "
            "have their data kept for it. Check whether they are a client already.",
            name=asked.values["name"],
            email=asked.values["email"],
        )

    @api.model
    def _add_photos(self, lead, photos):
        """Keep the photos; what is none is told to the office and holds up nothing."""
        if not photos:
            return
        Photo = self.env["sercom.photo"].with_user(SUPERUSER_ID)
        made, refused = Photo._create_each(
            [
                {"name": name, "image_1920": content, "opportunity_id": lead.id}
                for name, content in photos
            ]
        )
        made.action_show_to_client()  # they are the client's own
        if refused:
            lead._message_log(body=plaintext2html("\n".join(refused)))

    @api.model
    def _send_thanks(self, lead, partner):
        """Thank who asked, with a link to the page of their request."""
        client = partner or lead.partner_id
        file = lead.service_file_id
        if not client.email or not file:
            return
        file.with_context(lang=client.lang or self.env.lang)._mail_to_client(
            THANKS_TEMPLATE,
            client,
            attachments=self._get_calendar_files(lead),
            visit=self._describe_visit(lead.with_context(lang=client.lang or self.env.lang)),
        )

    @api.model
    def _describe_visit(self, lead):
        """Hook: words for the time that was chosen with a request; nothing for none."""
        return ""

    @api.model
    def _get_calendar_files(self, lead):
        """Hook: calendar files of the visits of a request: ``[(name, content in base64)]``."""
        return []
