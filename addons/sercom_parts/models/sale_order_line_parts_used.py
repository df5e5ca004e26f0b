from odoo import fields, models


class SaleOrderLine(models.Model):
    """How much of a job's line is there because it was used on site."""

    _inherit = "sale.order.line"

    qty_added_on_site = fields.Float(
        "Added on Site",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Part of the quantity that the people on site added by using it; the rest was sold "
        "before. What they give back is taken off it.",
    )

    def _get_signed_quantity(self):
        # Before any is used, the client signs for what was sold: to use that much is no change.
        is_billed_as_used = (
            self.qty_delivered_method == "stock_move"
            and self.product_id.invoice_policy == "delivery"
        )
        if is_billed_as_used and self.qty_delivered:
            return self.qty_delivered
        return super()._get_signed_quantity()
