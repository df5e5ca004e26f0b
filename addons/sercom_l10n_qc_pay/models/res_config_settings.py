from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_call_in_paid = fields.Boolean(related="company_id.is_call_in_paid", readonly=False)
