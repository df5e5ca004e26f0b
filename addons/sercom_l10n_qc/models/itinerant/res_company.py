from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    is_itinerant_sale_checked = fields.Boolean(
        "Sales at the Client's Home",
        help="Quotes for consumers record who asked first, and warn of what may not be sold at "
        "the client's home. Source: Consumer Protection Act (CQLR, c. P-40.1), ss. 55 to 65 and "
        "244.7; c. P-40.1, r. 3, ss. 7, 7.1 and 91.19.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"is_itinerant_sale_checked"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})
