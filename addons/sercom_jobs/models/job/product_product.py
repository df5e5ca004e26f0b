from odoo import fields, models

from .sercom_cost_mixin import COST_GROUPS


class ProductProduct(models.Model):
    """Costs that Odoo shows to every employee; what a part was bought for is not for sites."""

    _name = "product.product"
    _inherit = ["product.product", "sercom.cost.mixin"]

    standard_price = fields.Float(groups=COST_GROUPS)
    avg_cost = fields.Monetary(groups=COST_GROUPS)
    total_value = fields.Monetary(groups=COST_GROUPS)

    def _compute_quantities_dict(self, *args, **kwargs):
        # The catalog shows everybody what is in stock; its moves, which have values, it does not.
        products = self if self.env["stock.move"].has_access("read") else self.sudo()
        return super(ProductProduct, products)._compute_quantities_dict(*args, **kwargs)
