from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_categ_rel",
        "categ_id",
        "checklist_id",
        string="Checklists",
        help="Checklists that a job with a service of this category gets.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"checklist_ids"}})

    def _get_checklists(self):
        """Checklists of each category of the set: its own and those of the ones above it.

        :return: ``{category: checklists}``
        """
        ancestors = {
            categ: self.browse(int(number) for number in categ.parent_path.split("/") if number)
            for categ in self
        }
        # All of them at once: each would else be read by itself.
        self.union(*ancestors.values()).fetch(["checklist_ids"])
        return {categ: above.checklist_ids for categ, above in ancestors.items()}
