from odoo import api, models

# What a document bills follows from these.
LEDGER_FIELDS = frozenset(
    {
        "quantity",
        "price_unit",
        "discount",
        "product_uom_id",
        "sale_line_ids",
        "move_id",
        "display_type",
    }
)


class AccountMoveLine(models.Model):
    """Lines of invoices and credit notes: the ledger follows each change of them."""

    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("sale_line_ids") for vals in vals_list):
            lines._get_billed_order_lines()._sync_ledger()
        return lines

    def write(self, vals):
        if LEDGER_FIELDS.isdisjoint(vals):
            return super().write(vals)
        order_lines = self._get_billed_order_lines()
        res = super().write(vals)
        (order_lines | self._get_billed_order_lines())._sync_ledger()
        return res

    def unlink(self):
        order_lines = self._get_billed_order_lines()
        res = super().unlink()
        order_lines._sync_ledger()
        return res

    def _get_billed_order_lines(self):
        """Order lines of jobs, in sudo, that these lines bill or credit."""
        # sudo: the ledger follows, whoever changes the document
        return self.sudo().sale_line_ids.filtered("fsm_order_id")

    def _is_price_credit(self):
        """Whether this line of a credit note lowers a price, and gives no quantity back.

        It does when it credits less for each unit than the invoice asked.
        """
        self.ensure_one()
        origin = self.move_id.reversed_entry_id.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids & self.sale_line_ids
        )
        if self.move_id.move_type != "out_refund" or not origin:
            return False
        billed = max(line._get_unit_price() for line in origin)
        return self.currency_id.compare_amounts(self._get_unit_price(), billed) < 0

    def _get_credited_bill(self):
        """The last posted invoice line of what this line of a credit note gives back."""
        self.ensure_one()
        return self.sale_line_ids.invoice_lines.filtered(
            lambda bill: (
                bill.parent_state == "posted"
                and bill.move_id.move_type == "out_invoice"
                and bill.quantity > 0
                and bill.product_uom_id == self.product_uom_id
                and bill.move_id.partner_id == self.move_id.partner_id
            )
        ).sorted("id")[-1:]

    def _get_unit_price(self):
        """Price of a unit, discount taken off, in the unit of the order line."""
        self.ensure_one()
        price = self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        unit = self.sale_line_ids[:1].product_uom_id
        if unit and self.product_uom_id and unit != self.product_uom_id:
            price = self.product_uom_id._compute_price(price, unit)
        return price

    def _get_signed_quantity(self, unit, is_rounded=True):
        """Quantity in ``unit``: above zero it bills, below zero it gives back.

        A line that credits a price alone gives nothing back.
        """
        self.ensure_one()
        if self._is_price_credit():
            return 0.0
        quantity = self.product_uom_id._compute_quantity(self.quantity, unit, round=is_rounded)
        return quantity if self.move_id.move_type == "out_invoice" else -quantity

    def _is_on_bill(self):
        """Whether the line's document stands: it is not cancelled."""
        self.ensure_one()
        move = self.move_id
        return move.move_type in ("out_invoice", "out_refund") and (
            move.state != "cancel" or move.payment_state == "invoicing_legacy"
        )

    def _get_effective_quantity(self, unit, is_rounded=True):
        """Signed quantity that counts as billed.

        What a draft bills is taken, so that nobody bills it twice; what a draft gives back is not
        given back before it is posted: it may still be cancelled.
        """
        self.ensure_one()
        if not self._is_on_bill():
            return 0.0
        quantity = self._get_signed_quantity(unit, is_rounded)
        return 0.0 if quantity < 0 and self.move_id.state == "draft" else quantity
