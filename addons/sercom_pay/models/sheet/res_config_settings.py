from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pay_period = fields.Selection(related="company_id.pay_period", readonly=False, required=True)
    pay_first_day = fields.Date(related="company_id.pay_first_day", readonly=False, required=True)
    pay_since = fields.Date(related="company_id.pay_since", readonly=False)
