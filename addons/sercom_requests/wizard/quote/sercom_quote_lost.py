from odoo import api, fields, models

from ...tools.field_access import SALES, merge_fields


class SercomQuoteLost(models.TransientModel):
    _name = "sercom.quote.lost"
    _description = "Close quotes as lost"
    _inherit = "sercom.field.access.mixin"

    sale_order_ids = fields.Many2many(
        "sale.order", default=lambda self: self.env.context.get("active_ids")
    )
    lost_reason_id = fields.Many2one("crm.lost.reason")
    note = fields.Text("Closing Note")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {SALES: {"lost_reason_id", "note", "sale_order_ids"}}
        )

    def action_lose(self):
        self.sale_order_ids._lose(self.lost_reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
