import logging

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields
from odoo.addons.sercom_requests.tools.local_time import to_local

_logger = logging.getLogger(__name__)

TEMPLATE = "sercom_portal.mail_template_message"
DAYTIME = (8, 20)  # hours of the firm's clocks between which clients are written to
AT_ONCE = 200  # messages of a kind in one run

KINDS = [
    ("request", "Request received"),
    ("booked", "Visit booked"),
    ("moved", "Visit moved"),
    ("cancelled", "Visit cancelled"),
    ("reminder", "Reminder before the visit"),
    ("missed", "Visit that did not take place"),
    ("quote", "Reminder of a quote"),
    ("payment", "Payment received"),
    ("review", "Review asked for"),
]
# Hours, by kind: what they are counted from is in the help of the field.
DELAYS = {"reminder": 24, "missed": 2, "quote": 72, "review": 48}
# What firms have sent since before there was a list.
ALWAYS = {"request"}


class SercomClientMessage(models.Model):
    """What the firm writes to its clients by itself: each message on or off, and when.

    How it works: a scheduled action looks for what is to be told (``_find_<kind>``) and has not
    been (``sercom.client.notice``). So what is cancelled meanwhile is told nobody, what fails is
    tried again, and each thing is told once, in the client's language and by day.
    """

    _name = "sercom.client.message"
    _inherit = "sercom.field.access.mixin"
    _description = "Message to clients"
    _order = "company_id, sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10, readonly=True)
    kind = fields.Selection(KINDS, "Message", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    is_on = fields.Boolean("Sent")
    on_since = fields.Datetime("Sent Since", readonly=True, copy=False)
    delay_hours = fields.Integer(
        "Hours",
        help="Before the visit or the end of the quote's validity, for reminders; after it "
        "happened, for the others.",
    )
    channel = fields.Selection([("email", "E-mail")], default="email", required=True)
    text = fields.Text(
        "Added Text", translate=True, help="Stands below Sercom's own words; plain text."
    )
    url = fields.Char("Link", help="Where clients leave their review.")

    _kind_uniq = models.UniqueIndex("(company_id, kind)", "Each message is once on the list.")
    _delay_bounds = models.Constraint(
        "CHECK (delay_hours BETWEEN 0 AND 720)", "A message is sent within 720 hours."
    )

    @api.model
    def _get_writable_fields(self):
        own = {"is_on", "delay_hours", "channel", "text", "url"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})

    def write(self, vals):
        if vals.get("is_on"):
            # What happened before is not told now.
            off = self.filtered(lambda row: not row.is_on)
            off.sudo().on_since = fields.Datetime.now()  # sudo: nobody types it
        return super().write(vals)

    @api.model
    def _ensure_list(self, companies):
        """Make the rows that these companies lack, in sudo."""
        for company in companies:
            known = set(self.search([("company_id", "=", company.id)]).mapped("kind"))
            self.create(
                [
                    {
                        "kind": kind,
                        "company_id": company.id,
                        "sequence": place,
                        "is_on": kind in ALWAYS,
                        "delay_hours": DELAYS.get(kind, 0),
                    }
                    for place, (kind, _label) in enumerate(KINDS)
                    if kind not in known
                ]
            )

    @api.model
    def action_open_list(self):
        """Open the list of messages of the user's companies.

        :raises AccessError: for who does not keep the settings
        """
        self.check_access("write")
        self.sudo()._ensure_list(self.env.companies)  # sudo: nobody adds rows by hand
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_portal.sercom_client_message_action"
        )

    @api.model
    def _is_sent(self, kind, company):
        """Whether a company sends a kind of message."""
        # sudo: a setting
        row = self.sudo().search([("kind", "=", kind), ("company_id", "=", company.id)])
        return row.is_on if row else kind in ALWAYS

    # Sending

    @api.model
    def _cron_send(self):
        """Send what is due, by day; called by the scheduled action."""
        for row in self.search([("is_on", "=", True)]):
            if row._is_day():
                row._send_due()

    def _is_day(self):
        now = to_local(fields.Datetime.now(), self.company_id._get_web_zone())
        return DAYTIME[0] <= now.hour < DAYTIME[1]

    def _send_due(self):
        """Send what is due of this one message, each in a transaction step of its own."""
        find = getattr(self, f"_find_{self.kind}", None)
        if not find:
            return  # told at once by what causes it
        for thing in find()[:AT_ONCE]:
            self._try_send(thing)

    def _try_send(self, thing):
        """Send one; what fails holds up no other, and is tried again at the next run."""
        try:
            with self.env.cr.savepoint():
                self._send(**thing)
        except Exception:
            _logger.exception("A message to a client was not sent: %s", thing["key"])

    def _get_told(self, keys):
        """Those of these keys that were told by this one message."""
        domain = Domain("message_id", "=", self.id) & Domain("key", "in", list(keys))
        return set(self.env["sercom.client.notice"].search(domain).mapped("key"))

    def _keep_untold(self, things):
        """Things of ``{key, file, partner, …}`` that are to be told, each once."""
        things = {thing["key"]: thing for thing in things}
        told = self._get_told(things)
        return [thing for key, thing in things.items() if key not in told]

    def _send(self, key, file, partner, title, text, block=None, event=None):
        """Tell one thing, and remember it.

        :param title: method of the language's environment that answers the subject
        :param text: as ``title``, the sentence
        """
        self.env["sercom.client.notice"].create(
            {
                "message_id": self.id,
                "key": key,
                "service_file_id": file.id,
                "partner_id": partner.id,
                "assignment_id": block.id if block else False,
                "told_start": block.date_start if block else False,
            }
        )
        if not partner.email:
            return  # remembered all the same: the office calls
        own = self.with_context(lang=partner.lang or self.company_id.partner_id.lang)
        file = file.with_context(lang=own.env.lang)
        files = [("visit.ics", file._encode_visit(event))] if event else []
        file._mail_to_client(
            TEMPLATE,
            partner,
            attachments=files,
            title=title(own, file),
            text=text(own, file),
            added=own.text or "",
            url=own.url if self.kind == "review" else "",
        )
