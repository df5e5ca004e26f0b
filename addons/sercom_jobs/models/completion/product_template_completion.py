from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_signature_required = fields.Boolean(
        "Client Signs the Job",
        help="A job with this service is not completed before the client has signed.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"is_signature_required"}})
