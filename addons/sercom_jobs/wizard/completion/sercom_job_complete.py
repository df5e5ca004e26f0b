from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class SercomJobComplete(models.TransientModel):
    """A dispatcher completes a job of which something is missing, and says why."""

    _name = "sercom.job.complete"
    _description = "Complete a job without what is missing"
    _inherit = "sercom.field.access.mixin"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    check_ids = fields.Many2many("sercom.job.check", compute="_compute_missing")
    missing_text = fields.Text("Missing", compute="_compute_missing")
    reason = fields.Char(
        required=True, help="Kept with each item, in the job's chatter and on its report."
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {DISPATCHER: {"fsm_order_id", "reason"}}
        )

    @api.depends("fsm_order_id")
    def _compute_missing(self):
        for wizard in self:
            job = wizard.fsm_order_id
            wizard.check_ids = job._get_missing_checks()
            wizard.missing_text = "\n".join(
                item["message"]
                for item in job._get_missing_to_complete().get(job, [])
                if item["kind"] != "checklist"
            )

    def action_complete(self):
        """Complete the job without what is missing, for the reason given."""
        self.ensure_one()
        self.fsm_order_id._complete_without(self.reason)
        return {"type": "ir.actions.act_window_close"}
