from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import EMPLOYEE, merge_fields

from ...tools.itinerant import sale as rules


class ProductCategory(models.Model):
    _inherit = "product.category"

    home_sale_kind = fields.Selection(
        [
            (rules.HEATING, "Heating or Air Conditioning"),
            (rules.DECONTAMINATION, "Decontamination"),
            (rules.INSULATION, "Insulation"),
            (rules.ENVELOPE, "Doors, Windows, Roof or Siding"),
        ],
        "Sold at Home",
        help="What the law says of its products, and of the categories below it, when they are "
        "sold at the client's home. Source: Consumer Protection Act (CQLR, c. P-40.1), s. 244.7; "
        "c. P-40.1, r. 3, s. 7.",
    )
    is_itinerant_sale_checked = fields.Boolean(compute="_compute_is_itinerant_sale_checked")

    @api.depends_context("allowed_company_ids")
    def _compute_is_itinerant_sale_checked(self):
        # sudo: whether the field is to be shown, whoever looks
        companies = self.env.companies.sudo()
        self.is_itinerant_sale_checked = any(companies.mapped("is_itinerant_sale_checked"))

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"home_sale_kind"}})

    def _get_home_sale_kinds(self):
        """Kinds of what is in these categories: each one's own, or else of the nearest above."""
        kinds = set()
        for categ in self.sudo():  # sudo: what the firm sells is of that kind, whoever asks
            while categ and not categ.home_sale_kind:
                categ = categ.parent_id
            kinds.add(categ.home_sale_kind)
        return kinds - {False}
