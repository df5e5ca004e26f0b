from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    billing_increment = fields.Integer(related="company_id.billing_increment", readonly=False)
    billing_direction = fields.Selection(related="company_id.billing_direction", readonly=False)
    billing_minimum = fields.Float(related="company_id.billing_minimum", readonly=False)
    billing_grace = fields.Integer(related="company_id.billing_grace", readonly=False)
    billing_scope = fields.Selection(related="company_id.billing_scope", readonly=False)
    is_invoice_hours_printed = fields.Boolean(
        related="company_id.is_invoice_hours_printed", readonly=False
    )
    is_invoice_report_attached = fields.Boolean(
        related="company_id.is_invoice_report_attached", readonly=False
    )
    billing_policy = fields.Selection(related="company_id.billing_policy", readonly=False)
    authorized_warning = fields.Integer(related="company_id.authorized_warning", readonly=False)
