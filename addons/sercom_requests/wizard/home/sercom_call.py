from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, plaintext2html
from odoo.tools.misc import clean_context

from odoo.addons.crm.models.crm_stage import AVAILABLE_PRIORITIES

from ...models.request.crm_lead import ADDRESS_FIELDS
from ...tools.actions import window_action
from ...tools.client import CLIENT_DOMAIN
from ...tools.field_access import SALES, merge_fields
from ...tools.home.terms import fold
from ...tools.text import first_line

MAX_DUPLICATES = 5
CONTACT_FIELDS = ("phone", "email")


class SercomCall(models.TransientModel):
    """What is noted while somebody is on the phone: who, where, what, when.

    It ends as a request; add-ons above go on from there (an appointment, a job on a free slot).
    The address that is typed is the client's, when they are new, and their site's.
    """

    _name = "sercom.call"
    _description = "New call"
    _inherit = ["sercom.field.access.mixin", "sercom.visit.window.mixin"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        domain=CLIENT_DOMAIN,
        help="Empty for somebody who calls for the first time.",
    )
    contact_name = fields.Char("Name")
    is_company = fields.Boolean("Company")
    phone = fields.Char(compute="_compute_contact", store=True, readonly=False)
    email = fields.Char(compute="_compute_contact", store=True, readonly=False)
    caller_name = fields.Char(
        "Caller", help="Who calls for a known client, where it is somebody else: a tenant, say."
    )
    caller_phone = fields.Char("Caller's Phone")
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        default=lambda self: self.env.company.partner_id.lang or self.env.lang,
    )
    fsm_location_id = fields.Many2one(
        "fsm.location",
        string="Site",
        compute="_compute_fsm_location_id",
        store=True,
        readonly=False,
        domain="['|', ('owner_id.commercial_partner_id', '=?', client_partner_id),"
        " ('contact_id.commercial_partner_id', '=?', client_partner_id)]",
        help="Empty for a new one, at the address below.",
    )
    client_partner_id = fields.Many2one(related="partner_id.commercial_partner_id")
    street = fields.Char()
    street2 = fields.Char("Apartment, Floor")
    city = fields.Char()
    zip = fields.Char("Postal Code")
    state_id = fields.Many2one(
        "res.country.state",
        string="Province",
        domain="[('country_id', '=?', country_id)]",
        default=lambda self: self.env.company.state_id,
    )
    country_id = fields.Many2one("res.country", default=lambda self: self.env.company.country_id)
    need = fields.Text(help="What the client asks for, in their words.")
    name = fields.Char(
        "Subject",
        compute="_compute_name",
        store=True,
        readonly=False,
        help="By default the first words of the need.",
    )
    priority = fields.Selection(AVAILABLE_PRIORITIES, default=AVAILABLE_PRIORITIES[0][0])
    duplicates = fields.Json(
        compute="_compute_duplicates",
        help="Clients who may be the same: their phone, e-mail, street or name is.",
    )
    opportunity_id = fields.Many2one("crm.lead", string="Request", readonly=True)

    @api.model
    def _get_writable_fields(self):
        told = {
            *("partner_id", "contact_name", "is_company", "lang", "fsm_location_id", "need"),
            *("name", "priority", "request_early", "request_late", "caller_name", "caller_phone"),
            *(*ADDRESS_FIELDS, *CONTACT_FIELDS),
        }
        return merge_fields(super()._get_writable_fields(), {SALES: told})

    @api.depends("partner_id")
    def _compute_contact(self):
        for call in self.filtered("partner_id"):
            for name in CONTACT_FIELDS:
                call[name] = call.partner_id[name] or call[name]

    @api.depends("partner_id")
    def _compute_fsm_location_id(self):
        for call in self:
            call.fsm_location_id = call.partner_id._get_only_site()

    @api.depends("need")
    def _compute_name(self):
        for call in self:
            call.name = first_line(plaintext2html(call.need or "")) or call.name

    @api.depends("partner_id", "contact_name", "phone", "email", "street", "city")
    def _compute_duplicates(self):
        for call in self:
            found = call._find_duplicates() if not call.partner_id else call.partner_id.browse()
            call.duplicates = [
                {
                    "id": partner.id,
                    "name": partner.display_name,
                    "phone": partner.phone or "",
                    "address": self.env["sercom.caller"]._format_address(partner),
                }
                for partner in found
            ]

    def _find_duplicates(self):
        """Clients whose phone, e-mail, street or whole name is the one of this call."""
        self.ensure_one()
        partners = self.env["res.partner"]
        told = [text for text in (self.phone, self.email) if text]
        if self.street and any(letter.isdigit() for letter in self.street):
            told.append(f"{self.street} {self.city or ''}")
        name = fold(self.contact_name or "").strip()
        if len(name.split()) > 1:
            told.append(self.contact_name)
        domain = Domain.OR(Domain("caller_search", "ilike", text) for text in told)
        found = partners.search(domain, limit=4 * MAX_DUPLICATES) if told else partners
        clients = self.env["sercom.caller"]._get_clients(found).values()
        return partners.union(*clients)[:MAX_DUPLICATES]

    # What becomes of it

    def action_save_request(self):
        """Make the request of this one call and open it."""
        return window_action(self._make_request())

    def action_book_appointment(self):
        """Make the request of this one call and book the visit that tells what it needs."""
        return self._make_request().action_schedule_assessment()

    def _make_request(self):
        """Request of this one call, with its client and site; the same one when asked again.

        :raises UserError: when nobody knows who called, or what for
        """
        self.ensure_one()
        # What the dialog was opened with is no default of what it makes.
        call = self.with_env(self.env(context=clean_context(self.env.context)))
        if not call.opportunity_id:
            call._check_told()
            lead = call.env["crm.lead"].create(call._prepare_request_vals(call._get_client()))
            if not lead.fsm_location_id and call._has_address():
                lead.action_create_site()
            call.sudo().opportunity_id = lead  # sudo: what was made of a call is not typed
        return call.opportunity_id

    def _has_address(self):
        return bool(self.street or self.city or self.zip)

    def _check_told(self):
        if not self.partner_id and not (self.contact_name or "").strip():
            raise UserError(
                self.env._("Who is calling? Choose the client of this call, or type a name.")
            )
        if not (self.name or "").strip():
            raise UserError(self.env._("What does the client need? Type it in a few words."))

    def _get_client(self):
        """Client of this one call; a new one is made, what was not known of an old one is kept."""
        if not self.partner_id:
            return self.env["res.partner"].create(self._prepare_client_vals())
        news = {
            name: self[name] for name in CONTACT_FIELDS if self[name] and not self.partner_id[name]
        }
        if news:
            self.partner_id.write(news)
        return self.partner_id

    def _get_caller(self, client):
        """Who calls for this one call's known client, kept as a contact of theirs; else nobody."""
        name = (self.caller_name or self.caller_phone or "").strip()
        if not self.partner_id or not name:
            return client.browse()
        family = client.commercial_partner_id
        known = client.search([("id", "child_of", family.id), ("name", "=ilike", name)], limit=1)
        if known:
            if self.caller_phone and not known.phone:
                known.phone = self.caller_phone
            return known
        return client.create(self._prepare_caller_vals(client, name))

    def _prepare_caller_vals(self, client, name):
        """Values of the contact who calls for this one call's known client."""
        return {
            "name": name,
            "parent_id": client.commercial_partner_id.id,
            "phone": self.caller_phone,
            "lang": client.lang,
        }

    def _prepare_client_vals(self):
        return {
            "name": self.contact_name.strip(),
            "is_company": self.is_company,
            "phone": self.phone,
            "email": email_normalize(self.email) or self.email,
            "lang": self.lang,
            **self._prepare_address_vals(),
        }

    def _prepare_address_vals(self):
        return {
            name: self[name].id if name.endswith("_id") else self[name] for name in ADDRESS_FIELDS
        }

    def _prepare_request_vals(self, client):
        is_new_place = not self.fsm_location_id and self._has_address()
        medium = self.env.ref("utm.utm_medium_phone", raise_if_not_found=False)
        return {
            "type": "opportunity",
            "is_service_request": True,
            "name": self.name,
            "partner_id": client.id,
            "contact_id": self._get_caller(client).id,
            "phone": self.phone or client.phone,
            "email_from": self.email or client.email,
            "fsm_location_id": self.fsm_location_id.id,
            "need": plaintext2html(self.need or self.name),
            "request_early": self.request_early,
            "request_late": self.request_late,
            "priority": self.priority,
            "medium_id": medium.id if medium else False,
            **(self._prepare_address_vals() if is_new_place else {}),
        }
