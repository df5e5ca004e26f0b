from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    is_appliance_repair_ruled = fields.Boolean(
        "Household Appliance Repairs",
        help="Repairs of more than $50 for consumers: estimates say what they have to, their price "
        "is a ceiling, and invoices show parts, hours and warranty. By product category. Source: "
        "Consumer Protection Act (CQLR, c. P-40.1), ss. 182 to 187; c. P-40.1, r. 3, s. 79.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"is_appliance_repair_ruled"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})
