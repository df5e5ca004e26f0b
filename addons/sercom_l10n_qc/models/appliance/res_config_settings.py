from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_appliance_repair_ruled = fields.Boolean(
        related="company_id.is_appliance_repair_ruled", readonly=False
    )
