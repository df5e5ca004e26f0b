from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_signature_required = fields.Boolean(
        related="company_id.is_signature_required", readonly=False
    )
    job_report_send = fields.Selection(
        related="company_id.job_report_send", readonly=False, required=True
    )
    is_job_report_priced = fields.Boolean(related="company_id.is_job_report_priced", readonly=False)
