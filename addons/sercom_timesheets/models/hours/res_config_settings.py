from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    clock_max_hours = fields.Float(related="company_id.clock_max_hours", readonly=False)
    clock_far_km = fields.Float(related="company_id.clock_far_km", readonly=False)
    is_travel_billed = fields.Boolean(related="company_id.is_travel_billed", readonly=False)
    is_billing_approved_only = fields.Boolean(
        related="company_id.is_billing_approved_only", readonly=False
    )
