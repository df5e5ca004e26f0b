from odoo import fields, models


class SercomJobIssue(models.TransientModel):
    """A technician tells the office of another issue found on site."""

    _name = "sercom.job.issue"
    _description = "Another issue found on site"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    note = fields.Text("Found", required=True, help="The office makes the quote of it.")

    def action_report(self):
        """Tell the office; who makes quotes goes on to the quote."""
        self.ensure_one()
        return self.fsm_order_id.action_report_issue(self.note)
