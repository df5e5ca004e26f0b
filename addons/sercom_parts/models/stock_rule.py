from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _make_po_get_domain(self, company_id, values, partner):
        # An order made for a job takes no parts for the shelf or for other jobs.
        domain = super()._make_po_get_domain(company_id, values, partner)
        return (*domain, ("fsm_order_id", "=", False))
