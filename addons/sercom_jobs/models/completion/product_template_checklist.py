from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_product_rel",
        "product_tmpl_id",
        "checklist_id",
        string="Checklists",
        check_company=True,
        help="Checklists that a job with this service gets.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"checklist_ids"}})
