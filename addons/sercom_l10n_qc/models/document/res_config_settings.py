from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rbq_licence = fields.Char(related="company_id.rbq_licence", readonly=False)
    is_quebec_tax_printed = fields.Boolean(
        related="company_id.is_quebec_tax_printed", readonly=False
    )
    gst_number = fields.Char("GST Number", related="company_id.vat", readonly=False)
    qst_number = fields.Char("QST Number", related="company_id.l10n_ca_pst", readonly=False)
