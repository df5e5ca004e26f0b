from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .sercom_cost_mixin import COST_GROUPS


class ProductProduct(models.Model):
    """Costs that Odoo shows to every employee; what a part was bought for is not for sites."""

    _name = "product.product"
    _inherit = ["product.product", "sercom.cost.mixin"]

    standard_price = fields.Float(groups=COST_GROUPS)

    @api.constrains("standard_price")
    def _check_standard_price(self):
        """No cost below zero is typed or imported; a valuation of Odoo may pass through one."""
        for product in self:
            # sudo: who may not read a cost did not write it
            if not self.env.su and product.sudo().standard_price < 0:
                raise ValidationError(
                    self.env._("%s: a cost is not below zero.", product.display_name)
                )

    @api.constrains("default_code", "active", "company_id")
    def _check_default_code(self):
        """A reference that is typed or imported is one product's; those of old stay."""
        if self.env.su:
            return
        for product in self.filtered(lambda product: product.active and product.default_code):
            domain = Domain("default_code", "=", product.default_code)
            domain &= Domain("id", "!=", product.id)
            if product.company_id:
                domain &= Domain("company_id", "in", [False, product.company_id.id])
            # sudo: a product that the user may not read has the reference all the same
            other = self.sudo().search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(reference)s is the reference of %(product)s. Give this product "
                        "another, or use that one.",
                        reference=product.default_code,
                        product=other.name,
                    )
                )
