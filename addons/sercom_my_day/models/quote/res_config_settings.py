from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    site_quote_acceptance = fields.Selection(
        related="company_id.site_quote_acceptance", readonly=False, required=True
    )
