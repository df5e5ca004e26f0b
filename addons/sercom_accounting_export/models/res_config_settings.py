from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_accounting_export = fields.Boolean(
        "Hand Over to a Bookkeeper's Program",
        implied_group="sercom_accounting_export.sercom_accounting_export_group",
        group="account.group_account_invoice",
    )
    accounting_export_start = fields.Date(
        related="company_id.accounting_export_start", readonly=False
    )
