from odoo import fields, models


class SaleOrder(models.Model):
    """What an order counts in the totals of its file."""

    _inherit = "sale.order"

    def _get_company_amount(self):
        """Total with taxes of this one order, in its company's currency."""
        self.ensure_one()
        return self.currency_id._convert(
            self.amount_total,
            self.company_id.currency_id,
            self.company_id,
            self.date_order or fields.Date.context_today(self),
        )
