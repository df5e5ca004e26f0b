from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_on_my_way_sms = fields.Boolean(related="company_id.is_on_my_way_sms", readonly=False)
