from odoo import fields, models


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
