from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.policy.limit import serve

PRICE_FIELDS = frozenset({"discount", "fsm_order_id", "price_unit", "sequence", "tax_ids"})


class SaleOrderLine(models.Model):
    """Of orders not to exceed an amount, what is over it is not billed before it is authorised.

    How it works: the lines of an order and of its jobs share what is left of the limit, in the
    order of the lines. Whenever what is left to bill of one changes, it is shared anew among all
    of them. What is billed stays billed.
    """

    _inherit = "sale.order.line"

    unauthorized_quantity = fields.Float(
        "Quantity Not Authorised",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Left to bill and over the amount that the client authorised.",
    )

    _unauthorized_idx = models.Index("(fsm_order_id) WHERE unauthorized_quantity > 0")

    def _get_limiting_order(self):
        """The order, in sudo, whose limit counts for this one line.

        Its own, where the client limited that, wherever its job is put; else that of its job.
        """
        line = self.sudo()  # sudo: whoever bills
        order = line.order_id
        if order.limit_amount and not order.is_change_order:
            return order
        return line.fsm_order_id.sale_id or order

    def _compute_qty_to_invoice(self):
        # Those of screens that are not saved are reckoned once they are.
        saved = self.filtered(lambda line: line == line._origin)
        orders = self.env["sale.order"].union(*(line._get_limiting_order() for line in saved))
        limits = orders._get_limits()
        dropped = saved.filtered("unauthorized_quantity")
        if not limits and not dropped:
            return super()._compute_qty_to_invoice()
        shared = orders.browse().union(*limits)._get_limited_lines()
        whole = self | shared.with_env(self.env)
        names = ("qty_to_invoice", "unauthorized_quantity")
        with self.env.protecting([self._fields[name] for name in names], whole):
            res = super(SaleOrderLine, whole)._compute_qty_to_invoice()
            (dropped - shared).unauthorized_quantity = 0.0
            for order, limit in limits.items():
                own = shared.filtered(lambda line, order=order: line._get_limiting_order() == order)
                own._share_limit(order, limit)
        whole.modified(names)
        return res

    def _share_limit(self, order, limit):
        """Leave of these lines to bill what ``limit`` allows; the rest is not authorised."""
        lines = self.sorted(lambda line: (line.order_id != order, line.sequence, line.id))
        left = limit - sum(lines._get_billed_amounts(order).values())
        hour = self.env["uom.uom"]._get_hour()
        items = [
            (
                line.qty_to_invoice,
                line._convert_price(line._get_price_to_bill(), order),
                line.product_uom_id.rounding
                if line.product_uom_id._has_common_reference(hour)
                else 1.0,
            )
            for line in lines
        ]
        for line, granted in zip(lines, serve(left, items), strict=True):
            line.unauthorized_quantity = line.product_uom_id.round(line.qty_to_invoice - granted)
            line.qty_to_invoice -= line.unauthorized_quantity

    def _get_price_to_bill(self):
        """Price of one of this one line, discount taken off, before taxes."""
        self.ensure_one()
        # Of what sold nothing, no total says a price.
        return self.price_reduce_taxexcl or self.price_unit * (1 - self.discount / 100)

    def _convert_price(self, amount, order):
        """``amount`` of this one line, in the currency of an order."""
        if self.currency_id == order.currency_id:
            return amount
        return self.currency_id._convert(
            amount, order.currency_id, order.company_id, order.date_order, round=False
        )

    def _get_billed_amounts(self, order):
        """What is billed of these lines before taxes, less credits, in the order's currency.

        As with quantities: a draft counts at once, and a draft credit note not before it is
        posted.
        """
        amounts = {}
        for line in self:
            total = 0.0
            for bill in line._get_invoice_lines():
                is_credit = bill.move_id.move_type == "out_refund"
                if not bill._is_on_bill() or (is_credit and bill.parent_state == "draft"):
                    continue
                amount = bill.currency_id._convert(
                    bill.price_subtotal,
                    order.currency_id,
                    order.company_id,
                    bill.date or order.date_order,
                )
                total += -amount if is_credit else amount
            amounts[line] = total
        return amounts

    def _get_waiting_hours(self):
        """Hours of these lines that nobody has approved: ``{order line id: hours}``."""
        lines = self.filtered(lambda line: line._is_billed_by_hours())
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = Domain("so_line", "in", lines.ids) & Domain("project_id", "!=", False)
        groups = Timesheet._read_group(
            domain & ~Timesheet._get_billable_domain(), ["so_line"], ["billable_hours:sum"]
        )
        return {line.id: hours or 0.0 for line, hours in groups}

    def _compute_untaxed_amount_to_invoice(self):
        res = super()._compute_untaxed_amount_to_invoice()
        for line in self.filtered("unauthorized_quantity"):
            line.untaxed_amount_to_invoice -= line.unauthorized_quantity * line.price_reduce_taxexcl
        return res

    def _compute_amount_to_invoice(self):
        res = super()._compute_amount_to_invoice()
        for line in self.filtered("unauthorized_quantity"):
            line.amount_to_invoice -= line.unauthorized_quantity * line.price_reduce_taxinc
        return res

    def _get_unauthorized_amount(self):
        """What is done of these lines and over what the client authorised, before taxes."""
        lines = self.filtered("unauthorized_quantity")
        return sum(line.unauthorized_quantity * line._get_price_to_bill() for line in lines)

    def _check_is_within_limit(self):
        """Say why nothing of these lines is billed, where it is for the limit.

        :raises UserError: naming the order and the way out
        """
        over = self.filtered("unauthorized_quantity")
        if over and not self._get_to_settle():
            order = over[:1]._get_limiting_order()
            raise UserError(
                self.env._(
                    "What is left of %(order)s is over the %(limit)s that the client authorised. "
                    "Ask them with a change order first.",
                    order=order.name,
                    limit=order.currency_id.format(order._get_limits()[order]),
                )
            )

    # Changes

    def _reckon_limit(self):
        if self:
            self.env.add_to_compute(self._fields["qty_to_invoice"], self)
            self.modified(["qty_to_invoice"])

    def _get_limited(self):
        """Lines, in sudo, that share a limit with these."""
        orders = self.env["sale.order"].union(*(line._get_limiting_order() for line in self))
        return orders.filtered("limit_amount")._get_limited_lines()

    def _after_create(self):
        super()._after_create()
        self._get_limited()._reckon_limit()

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not PRICE_FIELDS.isdisjoint(vals):
            before["limited"] = self._get_limited()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "limited" in before:
            (before["limited"] | self._get_limited())._reckon_limit()

    def _get_unlink_snapshot(self):
        return {**super()._get_unlink_snapshot(), "limited": self._get_limited() - self}

    def _after_unlink(self, before):
        super()._after_unlink(before)
        before["limited"].exists()._reckon_limit()
