from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_checklists(self):
        """Checklists that a job gets for each product: of the product, its category or its job
        template. Queries do not depend on the number of products.

        :return: ``{product: checklists}``, both in sudo
        """
        by_categ = self.categ_id._get_checklists()
        none = self.product_tmpl_id.checklist_ids.browse()
        return {
            product: product.product_tmpl_id.checklist_ids
            | by_categ.get(product.categ_id, none)
            | product.fsm_order_template_id.checklist_ids
            for product in self
        }
