from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import float_compare

from ...tools.field_access import SALES, merge_fields


class SercomRequestLine(models.Model):
    """Product or service that a request is expected to need, before any quote exists."""

    _name = "sercom.request.line"
    _description = "Request Line"
    _inherit = ["sercom.field.access.mixin", "sercom.link.mixin"]
    _order = "opportunity_id, sequence, id"
    _check_company_auto = True
    _link_fields = ("opportunity_id",)

    opportunity_id = fields.Many2one(
        "crm.lead", string="Request", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True, precompute=True
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index="btree_not_null",
        domain="[('sale_ok', '=', True)]",
        check_company=True,
    )
    name = fields.Text(
        "Description",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    product_uom_qty = fields.Float("Quantity", digits="Product Unit", default=1.0)
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    price_unit = fields.Float(
        "Unit Price",
        digits="Product Price",
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        readonly=False,
        help="Price told to the client. A price typed here is kept on the quote.",
    )
    technical_price_unit = fields.Float(
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        digits="Product Price",
        help="Price of the price list: when the price differs from it, someone typed it.",
    )
    price_subtotal = fields.Monetary("Amount", compute="_compute_price_subtotal")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    @api.depends("product_id")
    def _compute_name(self):
        for line in self:
            if line.product_id:
                line.name = line._get_product_description()

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.product_id.uom_id

    @api.depends("opportunity_id.company_id")
    def _compute_company_id(self):
        for line in self:
            line.company_id = line.opportunity_id.company_id or self.env.company

    @api.depends("opportunity_id.partner_id", "opportunity_id.company_id")
    def _compute_currency_id(self):
        for line in self:
            company = line.opportunity_id.company_id or self.env.company
            line.currency_id = line._get_pricelist().currency_id or company.currency_id

    @api.depends("product_id", "product_uom_id", "product_uom_qty", "opportunity_id.partner_id")
    def _compute_price_unit(self):
        for line in self:
            if not line._is_price_typed():
                line._reset_price_unit()

    @api.depends("price_unit", "product_uom_qty")
    def _compute_price_subtotal(self):
        for line in self:
            line.price_subtotal = line.price_unit * line.product_uom_qty

    @api.onchange("product_id")
    def _onchange_product_id(self):
        # A price typed for another product says nothing about this one.
        self._reset_price_unit()

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                SALES: {
                    "name",
                    "price_unit",
                    "product_id",
                    "product_uom_id",
                    "product_uom_qty",
                    "sequence",
                },
            },
        )

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {SALES: {"opportunity_id"}})

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_links()
        return lines

    def write(self, vals):
        self._check_links()
        return super().write(vals)

    def unlink(self):
        self._check_links()
        return super().unlink()

    def _reset_price_unit(self):
        self.ensure_one()
        self.price_unit = self.technical_price_unit = self._get_pricelist_price()

    def _get_product_description(self):
        self.ensure_one()
        lang = self.opportunity_id.partner_id.lang or self.env.lang
        product = self.product_id.with_context(lang=lang)
        return product.get_product_multiline_description_sale()

    def _get_pricelist(self):
        self.ensure_one()
        lead = self.opportunity_id
        company = lead.company_id or self.env.company
        return lead.partner_id.with_company(company).property_product_pricelist

    def _get_pricelist_price(self):
        """Price of one unit for the client of the request, in the line's currency."""
        self.ensure_one()
        if not self.product_id:
            return 0.0
        return self._get_pricelist()._get_product_price(
            self.product_id,
            self.product_uom_qty or 1.0,
            currency=self.currency_id,
            uom=self.product_uom_id,
        )

    def _is_price_typed(self):
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return bool(float_compare(self.price_unit, self.technical_price_unit, digits))

    def _prepare_order_line(self):
        """Command that makes this one line's line of a quote.

        The quote prices the product and words it by itself; only what someone typed is forced.
        """
        self.ensure_one()
        vals = {
            "sequence": self.sequence,
            "product_id": self.product_id.id,
            "product_uom_qty": self.product_uom_qty,
            "product_uom_id": self.product_uom_id.id,
        }
        if self.name != self._get_product_description():
            vals["name"] = self.name
        if self._is_price_typed():
            vals.update(price_unit=self.price_unit, discount=0.0)
        return Command.create(vals)
