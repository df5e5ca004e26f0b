from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN, merge_fields


class SercomJobIssue(models.TransientModel):
    """A technician tells the office of another issue found on site."""

    _name = "sercom.job.issue"
    _description = "Another issue found on site"
    _inherit = "sercom.field.access.mixin"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    note = fields.Text("Found", required=True, help="The office makes the quote of it.")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: {"fsm_order_id", "note"}})

    def action_report(self):
        """Tell the office; who makes quotes goes on to the quote."""
        self.ensure_one()
        return self.fsm_order_id.action_report_issue(self.note)
