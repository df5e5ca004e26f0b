from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import OFFICE, merge_fields


class SercomJobReopen(models.TransientModel):
    """The office reopens jobs, and says why."""

    _name = "sercom.job.reopen"
    _description = "Reopen a job"
    _inherit = "sercom.field.access.mixin"

    fsm_order_ids = fields.Many2many(
        "fsm.order",
        string="Jobs",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    has_done = fields.Boolean(compute="_compute_states")
    has_cancelled = fields.Boolean(compute="_compute_states")
    reason = fields.Char(required=True, help="Kept in the chatter of the job.")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {OFFICE: {"fsm_order_ids", "reason"}})

    @api.depends("fsm_order_ids.state")
    def _compute_states(self):
        for dialog in self:
            states = set(dialog.fsm_order_ids.mapped("state"))
            dialog.has_done, dialog.has_cancelled = "done" in states, "cancelled" in states

    def action_reopen(self):
        self.ensure_one()
        self.fsm_order_ids.action_reopen(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
