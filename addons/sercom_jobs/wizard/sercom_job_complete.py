from odoo import api, fields, models


class SercomJobComplete(models.TransientModel):
    """A dispatcher completes a job whose checklist is not finished, and says why."""

    _name = "sercom.job.complete"
    _description = "Complete a job without its checklist"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    check_ids = fields.Many2many("sercom.job.check", compute="_compute_check_ids")
    reason = fields.Char(
        required=True, help="Kept with each item, in the job's chatter and on its report."
    )

    @api.depends("fsm_order_id")
    def _compute_check_ids(self):
        for wizard in self:
            wizard.check_ids = wizard.fsm_order_id._get_missing_checks()

    def action_complete(self):
        """Complete the job; its missing items are left out for the reason given."""
        self.ensure_one()
        self.fsm_order_id._leave_out_checks(self.reason)
        self.fsm_order_id.action_complete()
        return {"type": "ir.actions.act_window_close"}
