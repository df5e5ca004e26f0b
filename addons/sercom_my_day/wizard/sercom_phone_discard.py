from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class SercomPhoneDiscard(models.TransientModel):
    """Ask why work that came too late for its job is refused, and do it."""

    _name = "sercom.phone.discard"
    _description = "Refuse work that came late"
    _inherit = ["sercom.field.access.mixin"]

    action_ids = fields.Many2many("sercom.phone.action", string="Work", required=True)
    reason = fields.Text(required=True, help="Kept on the job, and told to who did the work.")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {DISPATCHER: {"action_ids", "reason"}})

    def action_discard(self):
        """Refuse the work of this one dialog for its reason."""
        self.ensure_one()
        self.action_ids.action_discard(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
