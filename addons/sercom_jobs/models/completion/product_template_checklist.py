from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_product_rel",
        "product_tmpl_id",
        "checklist_id",
        string="Checklists",
        check_company=True,
        help="Checklists that a job with this service gets.",
    )
