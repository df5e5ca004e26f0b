from odoo import models
from odoo.tools import format_duration

from odoo.addons.sercom_jobs.tools.job.left_behind import LeftBehind


class FsmOrder(models.Model):
    """Hours stay when a job is cancelled: their cost is real."""

    _inherit = "fsm.order"

    def _get_left_behind(self):
        left = super()._get_left_behind()
        # sudo: what stays is told to who may cancel
        jobs = self.sudo()
        clocked = jobs.env["hr.attendance"].search(
            [("fsm_order_id", "in", jobs.ids), ("check_out", "=", False)]
        )
        for job, entries in clocked.grouped("fsm_order_id").items():
            words = self.env._(
                "%s is clocked in: call them.", ", ".join(entries.employee_id.mapped("name"))
            )
            left.append(LeftBehind(job, "clock", words, entries))
        for job in jobs:
            hours = job.worked_hours + job.travel_hours
            if not hours:
                continue
            words = self.env._(
                "Worked: %s h. They stay a cost, billed or not.", format_duration(hours)
            )
            records = job.timesheet_ids.filtered("project_id")
            left.append(LeftBehind(job, "hours", words, records))
        return left
