from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    is_call_in_paid = fields.Boolean(
        "Three Hours' Pay",
        help="Who comes to work and works less than three consecutive hours is paid three, unless "
        "overtime brings more. In a case of superior force, take it off with an allowance of so "
        "many hours less. Source: Act respecting labour standards (CQLR, c. N-1.1), s. 58.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SETTINGS: {"is_call_in_paid"}})
