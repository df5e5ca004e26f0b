from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_itinerant_sale_checked = fields.Boolean(
        related="company_id.is_itinerant_sale_checked", readonly=False
    )
