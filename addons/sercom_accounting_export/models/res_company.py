from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    accounting_export_start = fields.Date(
        "Hand Over From",
        help="What is dated before is not waiting to be sent: it is in the bookkeeper's program "
        "already. Empty: everything.",
    )
    accounting_export_checked = fields.Datetime("Changes Looked For On", readonly=True, copy=False)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SETTINGS: {"accounting_export_start"}})
