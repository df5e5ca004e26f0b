from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_asked_on_web = fields.Boolean(
        "Asked for on the Web",
        copy=False,
        help="Visitors of the public page choose it, by its name and picture; no price is shown.",
    )
