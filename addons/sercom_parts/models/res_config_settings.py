from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pickup_limit = fields.Monetary(
        related="company_id.pickup_limit", readonly=False, currency_field="company_currency_id"
    )
