from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ...tools.actions import window_action
from ...tools.field_access import BILLING, SALES, TECHNICIAN, merge_fields

# Field of a source record that holds, for the appointment, what the key names.
SOURCE_FIELDS = {
    "opportunity_id": ("opportunity_id",),
    "fsm_order_id": ("fsm_order_id",),
    "service_file_id": ("service_file_id",),
    "fsm_location_id": ("fsm_location_id", "location_id"),
    "partner_id": ("partner_id",),
}
OWN_FIELDS = {
    "crm.lead": "opportunity_id",
    "fsm.order": "fsm_order_id",
    "sercom.service.file": "service_file_id",
}


class SercomAppointmentSchedule(models.TransientModel):
    """Book a visit from any record of a service file, given by ``active_model``/``active_id``."""

    _name = "sercom.appointment.schedule"
    _description = "Schedule an appointment"
    _inherit = "sercom.field.access.mixin"

    name = fields.Char("Subject", required=True)
    appointment_kind = fields.Selection(
        [("assessment", "Assessment"), ("visit", "Visit"), ("other", "Other")],
        default="visit",
        required=True,
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Who",
        required=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="They are invited by e-mail and see the visit in their calendar.",
    )
    start = fields.Datetime(required=True)
    duration = fields.Float(default=1.0, required=True, help="Length of the visit, in hours.")
    note = fields.Html(help="For those who go: never shown to the client.")
    opportunity_id = fields.Many2one("crm.lead", string="Request")
    fsm_order_id = fields.Many2one("fsm.order", string="Job")
    service_file_id = fields.Many2one("sercom.service.file")
    partner_id = fields.Many2one("res.partner", string="Client")
    fsm_location_id = fields.Many2one("fsm.location", string="Site")
    location = fields.Char(
        "Address", compute="_compute_location", store=True, readonly=False, precompute=True
    )
    invite_client = fields.Boolean(help="The client also gets the invitation by e-mail.")

    @api.model
    def _get_writable_fields(self):
        told = {
            *("appointment_kind", "duration", "invite_client", "location", "name", "note"),
            *("start", "user_ids", *SOURCE_FIELDS),
        }
        return merge_fields(
            super()._get_writable_fields(), dict.fromkeys((TECHNICIAN, SALES, BILLING), told)
        )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        source = self._get_source_record()
        if not source:
            return values
        for field, value in self._prepare_source_values(source).items():
            if field in fields:
                values.setdefault(field, value)
        return values

    @api.depends("fsm_location_id")
    def _compute_location(self):
        for wizard in self:
            wizard.location = wizard.fsm_location_id._get_address_line()

    def _get_source_record(self):
        """Record the visit is booked from: a request, quote, job, invoice or service file."""
        model, record_id = (self.env.context.get(key) for key in ("active_model", "active_id"))
        if not model or not record_id or model not in self.env:
            return None
        source = self.env[model].browse(record_id)
        is_linked = model in OWN_FIELDS or "service_file_id" in source._fields
        return source if is_linked and model != self._name else None

    def _prepare_source_values(self, source):
        """Values the record the visit is booked from gives to the dialog."""
        values = {
            field: next((source[name].id for name in names if name in source._fields), False)
            for field, names in SOURCE_FIELDS.items()
        }
        if own_field := OWN_FIELDS.get(source._name):
            values[own_field] = source.id
        # sudo: site and client of a record that the user may read
        file = self.env["sercom.service.file"].browse(values["service_file_id"]).sudo()
        # sudo: its owner's name, for a site of a record that the user may read
        site = self.env["fsm.location"].browse(values["fsm_location_id"]).sudo()
        site = site or file.fsm_location_id
        values["fsm_location_id"] = site.id
        values["partner_id"] = values["partner_id"] or file.partner_id.id or site.owner_id.id
        values["name"] = self._get_default_subject(source, values["partner_id"])
        values["start"] = self._get_default_start(source)
        return values

    def _get_default_subject(self, source, partner_id):
        client = self.env["res.partner"].browse(partner_id).name
        return " – ".join(filter(None, (source.display_name, client)))

    def _get_default_start(self, source):
        """Start of the window the client wishes, or the next full hour."""
        now = fields.Datetime.now()
        early = source.request_early if "request_early" in source._fields else False
        if early and early > now:
            return early
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def action_schedule(self):
        """Create the appointment, which invites the people, and go back to the record."""
        self.ensure_one()
        self._create_appointment()
        return {"type": "ir.actions.act_window_close"}

    def action_schedule_and_open(self):
        """Create the appointment and open it."""
        self.ensure_one()
        return window_action(self._create_appointment())

    def _create_appointment(self):
        self._check_can_schedule()
        # The dialog's context names the record it was opened from: Odoo would plan a second
        # reminder, an activity, on it.
        context = {
            key: value
            for key, value in clean_context(self.env.context).items()
            if not key.startswith("active_")
        }
        env = self.env(context=context)
        return env["calendar.event"].create(self._prepare_appointment_vals())

    def _check_can_schedule(self):
        if self.duration <= 0:
            raise UserError(
                self.env._("«%s» has no duration. Say how long the visit takes.", self.name)
            )

    def _prepare_appointment_vals(self):
        attendees = self.user_ids.partner_id
        if self.invite_client:
            attendees |= self.partner_id
        return {
            "name": self.name,
            "appointment_kind": self.appointment_kind,
            "start": self.start,
            "stop": self.start + timedelta(hours=self.duration),
            "location": self.location,
            "notes": self.note,
            "partner_ids": [Command.set(attendees.ids)],
            "opportunity_id": self.opportunity_id.id,
            "fsm_order_id": self.fsm_order_id.id,
            "service_file_id": self.service_file_id.id,
            "fsm_location_id": self.fsm_location_id.id,
        }
