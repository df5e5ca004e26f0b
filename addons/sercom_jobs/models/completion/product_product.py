from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_checklists(self):
        """Checklists that a job gets for each product: of the product, its category or its job
        template. Queries do not depend on the number of products.

        :return: ``{product: checklists}``, in sudo
        """
        products = self.sudo()  # sudo: checklists of the company's services, whoever sells them
        by_categ = products.categ_id._get_checklists()
        none = products.product_tmpl_id.checklist_ids.browse()
        return {
            product: product.product_tmpl_id.checklist_ids
            | by_categ.get(product.categ_id, none)
            | product.fsm_order_template_id.checklist_ids
            for product in products
        }
