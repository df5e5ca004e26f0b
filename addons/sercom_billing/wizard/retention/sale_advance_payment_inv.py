from odoo import Command, api, fields, models
from odoo.tools import formatLang

from odoo.addons.sercom_requests.tools.field_access import BILLING, SALES, merge_fields

from ...tools.retention.tax_data import subtract


class SaleAdvancePaymentInv(models.TransientModel):
    """A progress invoice: a part of the order, less what the client holds back of it."""

    _name = "sale.advance.payment.inv"
    _inherit = ["sale.advance.payment.inv", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    retention_percent = fields.Float(
        "Retention",
        compute="_compute_retention_percent",
        store=True,
        readonly=False,
        help="Held back of this invoice, taxes too, until it is released.",
    )

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, SALES), {"retention_percent"})
        return merge_fields(super()._get_writable_fields(), own)

    @api.depends("sale_order_ids")
    def _compute_retention_percent(self):
        for wizard in self:
            order = wizard.sale_order_ids
            wizard.retention_percent = order.retention_percent if len(order) == 1 else 0.0

    def _check_amount_is_positive(self):
        super()._check_amount_is_positive()
        for wizard in self.filtered(lambda wizard: wizard.advance_payment_method != "delivered"):
            wizard.sale_order_ids[:1]._check_is_retention(wizard.retention_percent)

    def _prepare_down_payment_invoice_values(self, order, so_lines):
        vals = super()._prepare_down_payment_invoice_values(order, so_lines)
        if self.retention_percent:
            vals["invoice_line_ids"] += self._hold_back(order, so_lines, vals["invoice_line_ids"])
        return vals

    def _hold_back(self, order, parts, billed):
        """Note on an order what is held back of a progress invoice.

        :param parts: lines of the order that note the part that is billed
        :param list billed: commands of the lines that bill them
        :return: commands of the lines that hold back, on the same accounts
        """
        percent = formatLang(self.env, self.retention_percent, digits=0)
        speaking = self.with_context(lang=order._get_lang())
        name = speaking.env._("Retention of %s%%", percent)
        # sudo: nobody notes by hand what is held back
        noted = (
            order.env["sale.order.line"]
            .sudo()
            .create(
                [
                    {
                        **order._prepare_down_payment_line_values_from_base_line(left),
                        "extra_tax_data": (data := self._get_held_tax_data(left, part)),
                        "price_unit": data["price_unit"],
                        "is_retention": True,
                        "sequence": part.sequence,
                    }
                    for left, part in zip(self._get_base_lines_left(order), parts, strict=True)
                ]
            )
        )
        commands = []
        for line, command in zip(noted.sudo(self.env.su), billed, strict=True):
            account = {key: command[2][key] for key in ("account_id",) if command[2].get(key)}
            vals = line._prepare_invoice_line(name=name, quantity=1.0, **account)
            commands.append(Command.create(vals))
        return commands

    def _get_held_tax_data(self, left, part):
        data = self.env["account.tax"]._export_base_line_extra_tax_data(left)
        whole = {**(part.extra_tax_data or {}), "price_unit": part.price_unit}
        return subtract({**data, "price_unit": left["price_unit"]}, whole)

    def _get_base_lines_left(self, order):
        """What the client pays now of this progress invoice, by taxes, as Odoo reckons a part."""
        Tax = self.env["account.tax"]
        lines = order.order_line.filtered(
            lambda line: not (line.display_type or line.is_downpayment)
        )
        bases = [line._prepare_base_line_for_taxes_computation() for line in lines]
        Tax._add_tax_details_in_base_lines(bases, order.company_id)
        Tax._round_base_lines_tax_details(bases, order.company_id)
        is_percent = self.advance_payment_method == "percentage"
        amount = self.amount if is_percent else self.fixed_amount
        return Tax._prepare_down_payment_lines(
            base_lines=bases,
            company=order.company_id,
            amount_type="percent" if is_percent else "fixed",
            amount=amount * (100.0 - self.retention_percent) / 100.0,
            computation_key=f"retention,{self.id}",
        )
