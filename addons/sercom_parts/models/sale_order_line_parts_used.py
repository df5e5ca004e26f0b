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
        if self._is_billed_as_used() and self.qty_delivered:
            return self.qty_delivered
        return super()._get_signed_quantity()

    def _get_report_quantity(self):
        if self._is_billed_as_used():
            return self.qty_delivered
        return super()._get_report_quantity()

    def _is_billed_as_used(self):
        """Whether the client pays of this one line what was used on site, not what was sold."""
        return (
            self.qty_delivered_method == "stock_move"
            and self.product_id.invoice_policy == "delivery"
        )
