from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_signature_required = fields.Boolean(
        "Client Signs the Job",
        help="A job with this service is not completed before the client has signed.",
    )
