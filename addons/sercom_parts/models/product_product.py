from odoo import fields, models

from odoo.addons.sercom_jobs.models.job.sercom_cost_mixin import COST_GROUPS


class ProductProduct(models.Model):
    """What the stock knows of a part's cost is no more for sites than its cost is."""

    _inherit = "product.product"

    avg_cost = fields.Monetary(groups=COST_GROUPS)
    total_value = fields.Monetary(groups=COST_GROUPS)

    def _compute_quantities_dict(self, *args, **kwargs):
        # sudo: the catalog shows everybody what is in stock, and nobody its moves with their values
        products = self if self.env["stock.move"].has_access("read") else self.sudo()
        return super(ProductProduct, products)._compute_quantities_dict(*args, **kwargs)
