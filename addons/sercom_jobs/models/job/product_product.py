from odoo import fields, models

from .sercom_cost_mixin import COST_GROUPS


class ProductProduct(models.Model):
    """Costs that Odoo shows to every employee; what a part was bought for is not for sites."""

    _name = "product.product"
    _inherit = ["product.product", "sercom.cost.mixin"]

    standard_price = fields.Float(groups=COST_GROUPS)
