from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields


class ProductCategory(models.Model):
    _inherit = "product.category"

    is_household_appliance = fields.Boolean(
        "Household Appliance Repair",
        help="Its products, and those of the categories below it, repair household appliances: "
        "stoves, washers, air conditioners, dehumidifiers, heat pumps. Water heaters and pipes are "
        "none. Source: Consumer Protection Act (CQLR, c. P-40.1), s. 182.",
    )
    is_appliance_repair_ruled = fields.Boolean(compute="_compute_is_appliance_repair_ruled")

    @api.depends_context("allowed_company_ids")
    def _compute_is_appliance_repair_ruled(self):
        # sudo: whether the field is to be shown, whoever looks
        companies = self.env.companies.sudo()
        self.is_appliance_repair_ruled = any(companies.mapped("is_appliance_repair_ruled"))

    @api.model
    def _get_writable_fields(self):
        own = {"is_household_appliance"}
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: own})

    def _has_above(self, name):
        """Whether a category of the set, or one above it, has this field set."""
        above = {int(number) for categ in self for number in categ.parent_path.split("/") if number}
        # sudo: what the firm sells is of that kind, whoever asks
        return any(self.sudo().browse(sorted(above)).mapped(name))
