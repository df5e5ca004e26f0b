from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._open_service_files()
        return lines

    @api.depends("order_id.is_billed_as_sold")
    def _compute_qty_to_invoice(self):
        res = super()._compute_qty_to_invoice()
        for line in self:
            billable = line.state == "sale" and not line.display_type and not line.is_expense
            if billable and line.order_id.is_billed_as_sold:
                line.qty_to_invoice = line.product_uom_qty - line.qty_invoiced
        return res

    def _get_to_settle(self):
        """Lines of the set of which something is to bill or to give back, deposits left out."""
        return self.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and bool(line.qty_to_invoice)
                and not line.product_uom_id.is_zero(line.qty_to_invoice)
            )
        )

    def _is_priced(self):
        """Whether these lines have a price: what is owed of those that sold nothing counts too."""
        if self and not self[:1].currency_id.is_zero(sum(self.mapped("price_total"))):
            return True
        settled = self._get_to_settle()
        return any(line.price_unit for line in settled if not line.product_uom_qty)

    def _is_field_service(self):
        """Whether confirming this one line makes a job."""
        self.ensure_one()
        return self.product_id.field_service_tracking not in (False, "no")
