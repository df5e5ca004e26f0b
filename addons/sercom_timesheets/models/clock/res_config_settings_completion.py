from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    job_report_hours = fields.Selection(
        related="company_id.job_report_hours", readonly=False, required=True
    )
