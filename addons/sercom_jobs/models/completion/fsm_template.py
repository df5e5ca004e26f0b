from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class FsmTemplate(models.Model):
    _inherit = "fsm.template"

    is_signature_required = fields.Boolean(
        "Client Signs the Job",
        help="A job made with this template is not completed before the client has signed.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"is_signature_required"}})
