from odoo import fields, models


class FsmTemplate(models.Model):
    _inherit = "fsm.template"

    is_signature_required = fields.Boolean(
        "Client Signs the Job",
        help="A job made with this template is not completed before the client has signed.",
    )
