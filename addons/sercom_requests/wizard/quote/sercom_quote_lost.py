from odoo import fields, models


class SercomQuoteLost(models.TransientModel):
    _name = "sercom.quote.lost"
    _description = "Close quotes as lost"

    sale_order_ids = fields.Many2many(
        "sale.order", default=lambda self: self.env.context.get("active_ids")
    )
    lost_reason_id = fields.Many2one("crm.lost.reason")
    note = fields.Text("Closing Note")

    def action_lose(self):
        self.sale_order_ids._lose(self.lost_reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
