from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    clock_forgotten_after = fields.Float(related="company_id.clock_forgotten_after", readonly=False)
