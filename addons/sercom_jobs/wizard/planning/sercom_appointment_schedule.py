from odoo import api, fields, models
from odoo.tools import format_datetime

TO_SHOW = 6


class SercomAppointmentSchedule(models.TransientModel):
    """Free times of those who go, one click sets the start; a conflict is told, not refused."""

    _inherit = "sercom.appointment.schedule"

    user_ids = fields.Many2many(
        required=False,
        help="They are invited by e-mail and see the visit in their calendar. Without anybody it "
        "waits on the capacity board until a dispatcher finds somebody.",
    )
    free_time_ids = fields.Many2many("sercom.free.time")
    free_time_id = fields.Many2one(
        "sercom.free.time",
        string="Free Times",
        domain="[('id', 'in', free_time_ids)]",
        help="When everybody chosen works and is free. Choosing one sets the start.",
    )
    conflict_text = fields.Text("Conflicts", compute="_compute_conflict_text")

    @api.depends("user_ids", "start", "duration", "fsm_location_id")
    def _compute_conflict_text(self):
        for wizard in self:
            texts = []
            if wizard.user_ids and wizard.start and wizard.duration > 0:
                texts = self.env["sercom.scheduler"]._get_appointment_conflicts(
                    wizard.user_ids._origin,
                    wizard.start,
                    wizard.duration,
                    wizard.fsm_location_id._origin,
                    wizard.name or "",
                )
            wizard.conflict_text = "\n".join(texts) or False

    @api.onchange("user_ids", "duration", "fsm_location_id")
    def _onchange_free_times(self):
        starts = []
        if self.user_ids and self.duration > 0:
            starts = self.env["sercom.scheduler"]._find_free_times(
                self.user_ids._origin, self.duration, self.fsm_location_id._origin, TO_SHOW
            )
        self.free_time_id = False
        self.free_time_ids = self.env["sercom.free.time"].create(
            [{"date_start": start} for start in starts]
        )

    @api.onchange("free_time_id")
    def _onchange_free_time_id(self):
        if self.free_time_id:
            self.start = self.free_time_id.date_start


class SercomFreeTime(models.TransientModel):
    """A start that the dialog above proposes."""

    _name = "sercom.free.time"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Free time"
    _order = "date_start"

    date_start = fields.Datetime(required=True)

    @api.depends("date_start")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        for time in self:
            time.display_name = format_datetime(self.env, time.date_start, dt_format="EEE d, HH:mm")
