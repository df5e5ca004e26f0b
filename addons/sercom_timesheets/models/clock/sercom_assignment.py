from odoo import api, fields, models

from ...tools.hours.figures import is_figure


class SercomAssignment(models.Model):
    """What became of a planned block: hours worked in it, and how late the person came."""

    _inherit = "sercom.assignment"

    attendance_ids = fields.One2many("hr.attendance", "assignment_id", string="Clock Entries")
    worked_hours = fields.Float(
        compute="_compute_actual",
        store=True,
        compute_sudo=True,
        help="Hours clocked in this block, travel and entries to review apart.",
    )
    arrived_on = fields.Datetime(
        "Arrived", compute="_compute_actual", store=True, compute_sudo=True
    )
    arrival_delay = fields.Float(
        compute="_compute_arrival_delay",
        store=True,
        aggregator="avg",
        help="Hours between the planned start and the first work; below zero when early.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:
            return True
        is_closed = operation == "write" and is_figure(field)
        return not is_closed and super()._has_field_access(field, operation)

    @api.depends(
        "attendance_ids.clock_hours",
        "attendance_ids.check_in",
        "attendance_ids.work_type",
        "attendance_ids.review_reason",
    )
    def _compute_actual(self):
        hours, arrivals = {}, {}
        for block, reason, total, first in self.env["hr.attendance"]._read_group(
            [("assignment_id", "in", self.ids), ("work_type", "!=", "travel")],
            ["assignment_id", "review_reason"],
            ["clock_hours:sum", "check_in:min"],
        ):
            hours[block.id] = hours.get(block.id, 0.0) + (0.0 if reason else total)
            arrivals[block.id] = min(arrivals.get(block.id, first), first)
        for block in self:
            block.worked_hours = hours.get(block._origin.id, 0.0)
            block.arrived_on = arrivals.get(block._origin.id, False)

    @api.depends("arrived_on", "date_start")
    def _compute_arrival_delay(self):
        for block in self:
            late = block.arrived_on - block.date_start if block.arrived_on else None
            block.arrival_delay = late.total_seconds() / 3600 if late else 0.0
