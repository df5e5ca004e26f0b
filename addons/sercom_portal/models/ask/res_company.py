from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    is_asked_on_web = fields.Boolean(
        "Requests on the Web", help="Anybody may ask for service on the public page /service."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_asked_on_web = fields.Boolean(related="company_id.is_asked_on_web", readonly=False)
