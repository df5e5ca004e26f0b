from odoo import api, models


class FsmOrder(models.Model):
    """A part that is billed as it was used is signed for as it was used."""

    _inherit = "fsm.order"

    @api.depends("sale_line_ids.qty_delivered", "sale_line_ids.product_id.invoice_policy")
    def _compute_signature_changes(self):
        return super()._compute_signature_changes()
