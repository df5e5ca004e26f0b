from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, MANAGER
from odoo.addons.sercom_requests.tools.home.tile import Tile

OFFICER = "hr_attendance.group_hr_attendance_officer"
# How a person's state shows in their row of today.
TONES = {"late": "danger", "forgotten": "danger", "break": "warning", "at_work": "info"}


class SercomHome(models.AbstractModel):
    """Clocks that nobody stopped, corrections and hours to decide on; who has come."""

    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        return [
            *super()._get_tiles(),
            Tile(
                "clocks_forgotten",
                self.env._("Clocks forgotten"),
                "hours",
                "hr.attendance",
                [("review_reason", "=", "forgotten")],
                "sercom_timesheets.clock_entry_action_review",
                (OFFICER,),
                tone="danger",
            ),
            Tile(
                "corrections_to_decide",
                self.env._("Corrections to decide"),
                "hours",
                "sercom.clock.correction",
                [("state", "=", "proposed")],
                "sercom_timesheets.sercom_clock_correction_action",
                (OFFICER,),
                tone="warning",
            ),
            Tile(
                "hours_to_approve",
                self.env._("Hours to approve"),
                "hours",
                "account.analytic.line",
                [
                    ("project_id", "!=", False),
                    ("fsm_order_id", "!=", False),
                    ("approval_state", "=", "draft"),
                ],
                "sercom_timesheets.account_analytic_line_action_approve",
                ("hr_timesheet.group_hr_timesheet_approver",),
            ),
            Tile(
                "jobs_over_sold",
                self.env._("Jobs over sold hours"),
                "hours",
                "fsm.order",
                [("is_over_sold", "=", True), ("state", "!=", "cancelled")],
                "sercom_timesheets.sercom_job_action_over_sold",
                (DISPATCHER, MANAGER),
                tone="warning",
            ),
        ]

    @api.model
    def _get_today_rows(self):
        rows = super()._get_today_rows()
        presence = self.env["sercom.presence"]
        if not presence.has_access("read"):
            return rows
        found = presence.search_fetch(
            [("employee_id", "in", [row["employee_id"] for row in rows])], ["kind", "employee_id"]
        )
        labels = dict(presence._fields["kind"]._description_selection(self.env))
        kinds = {}
        # sudo: why nobody is there is told to who plans; no more of it
        for row in found.sudo():
            kinds.setdefault(row.employee_id.id, []).append(row.kind)
        for row in rows:
            own = kinds.get(row["employee_id"], ())
            kind = next((kind for kind in TONES if kind in own), None)
            if kind:
                row.update(tag=f"{labels[kind]} · {row['tag']}", tone=TONES[kind])
        return rows
