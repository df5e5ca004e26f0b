from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ...tools.actions import window_action
from ...tools.client import CLIENT_DOMAIN
from ...tools.field_access import SALES, merge_fields
from .crm_lead_stage import QUALIFYING_FIELDS

ADDRESS_FIELDS = ("street", "street2", "city", "zip", "state_id", "country_id")


class CrmLead(models.Model):
    """A lead that is a service request: what a client needs, where and when.

    Leads that are none (``is_service_request``) work as Odoo's.
    """

    _name = "crm.lead"
    _inherit = [
        "crm.lead",
        "sercom.service.file.mixin",
        "sercom.conversion.mixin",
        "sercom.visit.window.mixin",
    ]
    _service_flow_fields = ("fsm_location_id",)
    _identity_fields = ("partner_id", "fsm_location_id")
    _told_links = frozenset({"fsm_location_id"})

    partner_id = fields.Many2one(domain=CLIENT_DOMAIN)
    service_file_id = fields.Many2one(check_company=True)
    is_service_request = fields.Boolean(
        "Service Request",
        compute="_compute_is_service_request",
        store=True,
        readonly=False,
        index=True,
        help="Set by itself as soon as a site, a need, a time window or expected services are "
        "given. Plain sales leads are left as they are.",
    )
    client_partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        related="partner_id.commercial_partner_id",
        help="Company or household of the contact: its sites are proposed.",
    )
    fsm_location_id = fields.Many2one(
        string="Site",
        index="btree_not_null",
        tracking=True,
        domain="['|', ('owner_id.commercial_partner_id', '=?', client_partner_id),"
        " ('contact_id.commercial_partner_id', '=?', client_partner_id)]",
        help="Where the work is wanted. Type a new name to create it with the client's address.",
    )
    need = fields.Html(
        "Description of Need",
        help="What the client asks for, in words the quote and the job can repeat.",
    )
    request_early = fields.Datetime(tracking=True)
    request_late = fields.Datetime(tracking=True)
    is_referral = fields.Boolean(
        compute="_compute_is_referral", help="The request came through somebody's referral."
    )
    request_line_ids = fields.One2many(
        "sercom.request.line",
        "opportunity_id",
        string="Expected Products and Services",
        copy=True,
        help="What the client will probably need. Quotes and invoices start from these lines.",
    )
    measurement_ids = fields.One2many("sercom.measurement", "opportunity_id", string="Measurements")
    photo_ids = fields.One2many("sercom.photo", "opportunity_id", string="Photos")
    photo_upload_ids = fields.Many2many(
        "ir.attachment",
        string="Add Photos",
        compute="_compute_photo_upload_ids",
        inverse="_inverse_photo_upload_ids",
        help="Upload several photos at once; they are added when you save.",
    )
    invoice_count = fields.Integer(related="service_file_id.invoice_count")
    assessment_state = fields.Selection(
        [
            ("none", "Not scheduled"),
            ("planned", "Scheduled"),
            ("done", "Carried Out"),
            ("cancelled", "Called Off"),
        ],
        string="Assessment",
        compute="_compute_assessment",
        compute_sudo=True,  # a private meeting still tells that it is planned
        search="_search_assessment_state",
        help="On-site assessment, as its appointments stand.",
    )
    assessment_date = fields.Datetime(
        compute="_compute_assessment",
        compute_sudo=True,
        help="Start of the next planned assessment, or else of the last one.",
    )

    @api.depends("fsm_location_id", "need", "request_early", "request_late", "request_line_ids")
    def _compute_is_service_request(self):
        for lead in self:
            lead.is_service_request = bool(
                lead.is_service_request
                or lead.fsm_location_id
                or lead.request_early
                or lead.request_late
                or not is_html_empty(lead.need)
                or lead.request_line_ids
            )

    @api.depends("medium_id", "source_id")
    def _compute_is_referral(self):
        medium = self.env.ref("sercom_requests.utm_medium_referral", raise_if_not_found=False)
        source = self.env.ref("utm.utm_source_referral", raise_if_not_found=False)
        for lead in self:
            lead.is_referral = bool(
                (medium and lead.medium_id == medium) or (source and lead.source_id == source)
            )

    @api.depends()  # on nothing: empty until somebody drops files in it
    def _compute_photo_upload_ids(self):
        self.photo_upload_ids = False

    def _inverse_photo_upload_ids(self):
        for lead in self:
            if files := lead.photo_upload_ids:
                self.env["sercom.photo"]._create_from_attachments(files, opportunity_id=lead.id)

    @api.depends(
        "calendar_event_ids.appointment_kind",
        "calendar_event_ids.appointment_state",
        "calendar_event_ids.start",
        "calendar_event_ids.allday",
    )
    @api.depends_context("tz")
    def _compute_assessment(self):
        events = self.calendar_event_ids.filtered_domain(self._get_assessment_domain())
        by_lead = events.grouped("opportunity_id")
        # A whole day begins at the midnight of who reads it: it shows as that day.
        zone = self.env.tz.zone
        for lead in self:
            assessments = by_lead.get(lead, events.browse())
            by_state = assessments.grouped("appointment_state")
            state = next((s for s in ("planned", "done", "cancelled") if s in by_state), "none")
            told = by_state[state] if state != "none" else events.browse()
            starts = [event._get_span(zone)[0] for event in told]
            lead.assessment_state = state
            lead.assessment_date = (min if state == "planned" else max)(starts, default=False)

    def _search_assessment_state(self, operator, values):
        if operator != "in":
            return NotImplemented

        def has(*states):
            domain = self._get_assessment_domain() & Domain("appointment_state", "in", states)
            return Domain("calendar_event_ids", "any!", domain)

        domains = {
            "planned": has("planned"),
            "done": has("done") & ~has("planned"),
            "cancelled": has("cancelled") & ~has("planned", "done"),
            "none": ~has("planned", "done", "cancelled"),
        }
        return Domain.OR(domains[value] for value in values if value in domains)

    @api.model
    def _get_assessment_domain(self):
        """Appointments that count as assessments of their request."""
        return Domain("appointment_kind", "=", "assessment")

    @api.constrains("stage_id", "need", "fsm_location_id", "request_early", "request_late")
    def _check_qualified(self):
        for lead in self.filtered("is_service_request"):
            if lead.stage_id.is_service_qualified and (missing := lead._get_missing_to_qualify()):
                raise ValidationError(
                    self.env._(
                        "«%(request)s» is not qualified yet. Missing: %(missing)s.",
                        request=lead.name,
                        missing=", ".join(missing),
                    )
                )

    def _get_missing_to_qualify(self):
        """What this one request still lacks to be qualified, in words."""
        self.ensure_one()
        missing = []
        if is_html_empty(self.need):
            missing.append(self.env._("description of need"))
        if not self.fsm_location_id:
            missing.append(self.env._("site"))
        if not self.request_early and not self.request_late:
            missing.append(self.env._("time window"))
        elif not self.request_early:
            missing.append(self.env._("time window: earliest visit"))
        elif not self.request_late:
            missing.append(self.env._("time window: latest visit"))
        return missing

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                SALES: {
                    "is_service_request",
                    "measurement_ids",
                    "need",
                    "photo_ids",
                    "photo_upload_ids",
                    "request_early",
                    "request_late",
                    "request_line_ids",
                    "service_file_id",
                },
            },
        )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._open_service_files()
        leads._leave_files_of_others()
        if self._is_linked_by(vals_list):
            leads._check_links()
        leads._reach_qualified()
        return leads

    def write(self, vals):
        is_linked = self._check_old_links(vals)
        identities = self._get_identities(vals)
        res = super().write(vals)
        if not set(self._service_flow_fields).isdisjoint(vals):
            self._open_service_files()
        self._update_file_identities(identities)
        self._pass_site_on(identities)
        self._check_file_client(vals)
        if is_linked:
            self._check_links()
        if "stage_id" not in vals and not QUALIFYING_FIELDS.isdisjoint(vals):
            self._reach_qualified()
        return res

    # Service file

    def _is_service_flow(self):
        return bool(self.fsm_location_id)

    def _prepare_service_file_vals(self):
        return {
            **super()._prepare_service_file_vals(),
            "partner_id": (self.partner_id or self._get_site_client()).id,
            "subject": self.name,
            "fsm_location_id": self.fsm_location_id.id,
            "user_id": self.user_id.id,
        }

    def _create_service_files(self):
        res = super()._create_service_files()
        # Meetings agreed before the site was known join the file now.
        # sudo: private meetings join the file too
        for lead in self.sudo().filtered("calendar_event_ids"):
            strays = lead.calendar_event_ids.filtered(lambda event: not event.service_file_id)
            strays.service_file_id = lead.service_file_id
        return res

    def _get_file_followers(self):
        return [self.calendar_event_ids]

    def _get_site_client(self):
        """Owner of this one request's site; none when the site is only known by its name."""
        self.ensure_one()
        site = self.fsm_location_id
        return site.owner_id if site and not site._is_own_owner() else self.env["res.partner"]

    # Site

    def action_create_site(self):
        """Create the site of each request from the client's address.

        :return: window action of the sites
        :raises UserError: when a request has no client or no address to make it from
        """
        self.check_access("write")
        self._set_missing_clients()
        for lead in self.filtered(lambda lead: not lead.fsm_location_id):
            lead.fsm_location_id = self.env["fsm.location"].create(lead._prepare_site_vals())
        return window_action(self.fsm_location_id)

    def _prepare_site_vals(self):
        self.ensure_one()
        # The address as a whole, from one source, so that two are never mixed.
        source = self if self.street or self.city or self.zip else self.partner_id
        if not (source.street or source.city or source.zip):
            raise UserError(
                self.env._(
                    "«%(request)s» has no address. Type it on the request, or on its client "
                    "%(client)s, before creating the site.",
                    request=self.name,
                    client=self.partner_id.display_name,
                )
            )
        address = {
            field: source[field].id if field.endswith("_id") else source[field]
            for field in ADDRESS_FIELDS
        }
        return {
            "name": address["street"] or self.partner_id.name,
            "owner_id": self.partner_id.commercial_partner_id.id,
            "contact_id": False if self.partner_id.is_company else self.partner_id.id,
            "phone": self.phone or self.partner_id.phone,
            **address,
        }

    # Client

    def _set_missing_clients(self):
        """Find or create the client of each request that has none.

        :raises UserError: when nothing on a request tells who the client is
        """
        for lead in self.filtered(lambda lead: not lead.partner_id):
            client = lead._get_site_client() or lead._find_matching_partner()
            if client:
                lead.partner_id = client
            elif lead.contact_name or lead.partner_name or lead.email_from:
                lead._handle_partner_assignment(create_missing=True)
            else:
                raise UserError(
                    self.env._(
                        "«%s» has no client. Choose one, or type a name or an e-mail address "
                        "first.",
                        lead.name,
                    )
                )
        for lead in self:
            site = lead.fsm_location_id
            if site and site._is_own_owner():
                # sudo: a site that nobody owned yet
                site.sudo().owner_id = lead.partner_id.commercial_partner_id

    # Appointments

    def action_schedule_assessment(self):
        """Open the dialog that books the on-site assessment of this one request."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_requests.sercom_appointment_schedule_action"
        )
        action["context"] = {
            "active_model": self._name,
            "active_id": self.id,
            "active_ids": self.ids,
            "default_appointment_kind": "assessment",
        }
        return action

    # Merging two requests

    def _merge_get_fields(self):
        return [
            *super()._merge_get_fields(),
            "is_service_request",
            "fsm_location_id",
            "request_early",
            "request_late",
            "service_file_id",
        ]

    def _merge_get_fields_specific(self):
        return {
            **super()._merge_get_fields_specific(),
            "need": lambda fname, leads: "<br/>".join(
                lead.need for lead in leads if not is_html_empty(lead.need)
            ),
        }

    def _merge_dependences(self, opportunities):
        res = super()._merge_dependences(opportunities)
        # Odoo deletes the merged leads: what they hold moves first.
        # sudo: all of it, whoever may read it; those who merge write no jobs and merge no files
        target, merged = self.sudo(), opportunities.sudo()
        for field in ("request_line_ids", "measurement_ids", "photo_ids", "fsm_order_ids"):
            merged[field].opportunity_id = target
        files = merged.service_file_id - target.service_file_id
        if files and target.service_file_id:
            files._merge_into(target.service_file_id)
        return res
