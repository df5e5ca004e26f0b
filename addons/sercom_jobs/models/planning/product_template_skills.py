from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields


class ProductTemplate(models.Model):
    _inherit = "product.template"

    skill_ids = fields.Many2many(
        "hr.skill",
        "product_template_skill_rel",
        "product_tmpl_id",
        "skill_id",
        string="Required Skills",
        help="What a person must know to do this work. Planning warns about those who do not.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"skill_ids"}})
