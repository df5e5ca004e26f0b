from odoo import api, models


class SaleAdvancePaymentInv(models.TransientModel):
    """The period is asked wherever hours are billed, also by a policy of Sercom's."""

    _inherit = "sale.advance.payment.inv"

    def create_invoices(self):
        res = super().create_invoices()
        if self.advance_payment_method != "delivered":
            self.sale_order_ids._check_deposits_within_limit()
        return res

    @api.depends("sale_order_ids")
    def _compute_invoicing_timesheet_enabled(self):
        res = super()._compute_invoicing_timesheet_enabled()
        for wizard in self.filtered(lambda wizard: not wizard.invoicing_timesheet_enabled):
            lines = wizard.sale_order_ids.order_line
            wizard.invoicing_timesheet_enabled = any(
                line.invoice_status == "to invoice" and line._is_billed_by_hours() for line in lines
            )
        return res
