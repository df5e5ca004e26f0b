from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .sercom_cost_mixin import COST_GROUPS


class ProductProduct(models.Model):
    """Costs that Odoo shows to every employee; what a part was bought for is not for sites."""

    _name = "product.product"
    _inherit = ["product.product", "sercom.cost.mixin"]

    standard_price = fields.Float(groups=COST_GROUPS)

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        products._check_typed({name for vals in vals_list for name in vals})
        return products

    def write(self, vals):
        res = super().write(vals)
        self._check_typed(vals)
        return res

    def _check_typed(self, names):
        """Refuse what nobody types, or imports, on purpose; what Odoo reckons itself is not asked.

        A valuation may pass through a cost below zero; constraints are run as superuser and could
        not tell.

        :param names: fields that were written
        :raises ValidationError: naming the product
        """
        if self.env.su:
            return
        if "standard_price" in names:
            self._check_standard_price()
        if {"default_code", "active", "company_id"} & set(names):
            self._check_default_code()

    def _check_standard_price(self):
        for product in self.sudo():  # sudo: who may not read a cost did not write it
            if product.standard_price < 0:
                raise ValidationError(
                    self.env._("%s: a cost is not below zero.", product.display_name)
                )

    def _check_default_code(self):
        """A reference is one product's; those that are there twice of old stay."""
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
