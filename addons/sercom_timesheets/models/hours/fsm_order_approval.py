from odoo import api, fields, models


class FsmOrder(models.Model):
    """The job's hours and what is still to be approved of them."""

    _inherit = "fsm.order"

    hours_to_approve = fields.Float(
        compute="_compute_hours_states", help="Hours of the job's timesheets in draft."
    )
    hours_approved = fields.Float(
        compute="_compute_hours_states", help="Hours of the job's timesheets, approved or locked."
    )

    @api.depends(
        "timesheet_ids.unit_amount", "timesheet_ids.approval_state", "timesheet_ids.project_id"
    )
    @api.depends_context("uid")
    def _compute_hours_states(self):
        lines = self.env["account.analytic.line"]
        totals = {}
        if lines.has_access("read"):
            totals = {
                (job.id, state): hours
                for job, state, hours in lines._read_group(
                    [("fsm_order_id", "in", self.ids), ("project_id", "!=", False)],
                    ["fsm_order_id", "approval_state"],
                    ["unit_amount:sum"],
                )
            }
        for job in self:
            job_id = job._origin.id
            job.hours_to_approve = totals.get((job_id, "draft"), 0.0)
            job.hours_approved = sum(
                totals.get((job_id, state), 0.0) for state in ("approved", "locked")
            )

    def action_view_hours(self):
        """Timesheet lines of the job, to be approved from there."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_timesheets.account_analytic_line_action"
        )
        action.update(
            domain=[("fsm_order_id", "=", self.id), ("project_id", "!=", False)],
            context={"search_default_group_state": 1, "create": False},
            display_name=self.env._("Hours of %s", self.name),
        )
        return action

    def action_approve_hours(self):
        """Approve the hours of these jobs that wait for it."""
        lines = self.env["account.analytic.line"].search(
            [
                ("fsm_order_id", "in", self.ids),
                *self.env["account.analytic.line"]._get_to_approve_domain(),
            ]
        )
        return lines.action_approve()
