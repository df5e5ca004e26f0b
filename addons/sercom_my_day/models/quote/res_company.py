from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    site_quote_acceptance = fields.Selection(
        [("office", "The office accepts it"), ("at_once", "It is confirmed at once")],
        string="Quote Signed on Site",
        default="office",
        required=True,
        help="What becomes of a quote that a client chose and signed on the technician's phone.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SETTINGS: {"site_quote_acceptance"}})
