from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING, SALES, merge_fields


class SaleOrder(models.Model):
    """Not to exceed: the amount, before taxes, up to which the client agreed to be billed.

    All that is billed of the order and of its jobs counts: hours, parts and fees. Change orders
    that the client approved add theirs. Once the client has agreed to the limit, who sells may
    lower it and raise it no more.
    """

    _inherit = "sale.order"

    limit_amount = fields.Monetary(
        "Not to Exceed",
        copy=False,
        tracking=True,
        help="Before taxes. No more than that is billed of the hours, parts and fees of this "
        "order's jobs, with what change orders add to it. 0: no limit.",
    )

    _limit_amount_positive = models.Constraint(
        "CHECK (COALESCE(limit_amount, 0) >= 0)",
        "An amount not to exceed cannot be below zero. Leave it empty for no limit.",
    )

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, SALES), {"limit_amount"})
        return merge_fields(super()._get_writable_fields(), own)

    @api.model
    def _get_client_fields(self):
        return super()._get_client_fields() | {"is_change_order", "limit_amount"}

    def _prepare_revision_vals(self):
        return {**super()._prepare_revision_vals(), "limit_amount": self.limit_amount}

    def write(self, vals):
        before = self._get_change_snapshot(vals)
        res = super().write(vals)
        self._after_change(vals, before)
        return res

    def _get_change_snapshot(self, vals):
        """Hook: what ``_after_change`` compares with; nothing costly unless ``vals`` need it.

        :param dict vals: what is about to be written
        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_change(self, vals, before):
        """Hook: pass a change of these orders on.

        :param dict vals: what was written
        :param dict before: ``_get_change_snapshot`` before it was
        """
        if "limit_amount" in vals:
            self._follow_limit()
        elif "state" in vals:
            self.filtered(lambda order: order.limit_amount or order.is_change_order)._follow_limit()

    def _before_change(self, vals):
        super()._before_change(vals)
        if "limit_amount" in vals:
            self._check_limit(vals["limit_amount"] or 0.0)
            changed = self.filtered(lambda order: order.limit_amount != (vals["limit_amount"] or 0))
            changed._agree_anew()

    def _check_limit(self, amount):
        """Refuse that who sells raises what the client agreed not to exceed.

        :param float amount: the limit to be; 0 for none
        :raises UserError: naming the order and the way out
        """
        if self.env.su or self.env["account.analytic.line"]._may_decide():
            return
        for order in self.filtered(lambda order: order._is_limited() and order._is_agreed_to()):
            is_freed = not amount and order.limit_amount
            if is_freed or order.currency_id.compare_amounts(amount, order.limit_amount) > 0:
                raise UserError(
                    self.env._(
                        "The client of %(order)s agreed to no more than %(limit)s. Ask them with a "
                        "change order, or have an accountant or a manager change the limit.",
                        order=order.name,
                        limit=order.currency_id.format(order.limit_amount),
                    )
                )

    def _is_limited(self):
        """Whether the client limits what this one order has billed, or adds to what is billed."""
        return bool(self.limit_amount or self.is_change_order)

    def _is_agreed_to(self):
        """Whether the client agreed to how this one order is billed.

        A quote is agreed to when it is confirmed; of a job without a quote, what the office notes
        is what the client said, until work begins.
        """
        self.ensure_one()
        if self.state == "sale" and not self.is_opened_by_job:
            return True
        if self.signed_on and not self.is_change_order:
            return True  # one that changes is signed anew
        # sudo: whoever's hours they are; of jobs that were taken off it too
        order = self.sudo()
        return bool((order.fsm_order_ids | order.order_line.fsm_order_id).timesheet_ids)

    # What it allows

    def _get_limits(self):
        """What may be billed of each of these orders in all, in sudo: ``{order: amount}``.

        Those without a limit are left out.
        """
        limited = self.sudo().filtered("limit_amount")  # sudo: whoever bills
        limits = {order: order.limit_amount for order in limited}
        if limits:
            added = limited.search(
                [
                    ("origin_fsm_order_id", "in", limited.fsm_order_ids.ids),
                    ("is_change_order", "=", True),
                    ("state", "=", "sale"),
                ]
            )
            for more in added:
                order = more.origin_fsm_order_id.sale_id
                limits[order] += more.currency_id._convert(
                    more.limit_amount, order.currency_id, order.company_id, more.date_order
                )
        return limits

    def _get_limited_lines(self):
        """Lines, in sudo, of these orders and of their jobs that share one limit."""
        orders = self.sudo()  # sudo: whoever bills
        lines = orders.order_line | orders.fsm_order_ids.sale_line_ids
        return lines.filtered(lambda line: not line.display_type and not line.is_downpayment)

    def _get_own_limited_lines(self):
        """Those lines, in sudo, whose limit is that of this one order."""
        lines = self._get_limited_lines()
        return lines.filtered(lambda line: line._get_limiting_order() == self)

    def _get_used_amount(self):
        """What is used of the limit of this one order: billed, and done and not billed yet."""
        lines = self._get_own_limited_lines()
        used = sum(lines._get_billed_amounts(self).values())
        waiting = lines._get_waiting_hours()
        for line in lines:
            quantity = line.qty_to_invoice + line.unauthorized_quantity
            quantity += line._convert_hours(waiting.get(line.id, 0.0))
            used += line._convert_price(quantity * line._get_price_to_bill(), self)
        return self.currency_id.round(used)

    def _follow_limit(self):
        """Reckon anew what may be billed of the orders that these are, or add to."""
        # sudo: what may be billed follows, whoever sells
        orders = self.sudo()
        orders |= orders.filtered("is_change_order").origin_fsm_order_id.sale_id
        lines = orders._get_limited_lines()
        lines.filtered(
            lambda line: line._get_limiting_order().limit_amount or line.unauthorized_quantity
        )._reckon_limit()

    def _agree_to_lines(self):
        super()._agree_to_lines()
        # sudo: what is agreed follows, whoever confirms
        for order in self.sudo().filtered("is_change_order"):
            # What it sells the client agreed to pay, beside what they were asked for.
            if order.origin_fsm_order_id.sale_id.limit_amount:
                order.limit_amount = max(order.limit_amount, order.amount_untaxed)

    def _check_deposits_within_limit(self):
        """Refuse deposits by which more is billed of these orders than the client authorised.

        :raises UserError: naming the order and the way out
        """
        for order, limit in self._get_limits().items():
            lines = order._get_own_limited_lines() | order.order_line.filtered("is_downpayment")
            billed = sum(lines._get_billed_amounts(order).values())
            if order.currency_id.compare_amounts(billed, limit) > 0:
                raise UserError(
                    self.env._(
                        "With this, %(billed)s before taxes would be billed of %(order)s: over the "
                        "%(limit)s that the client authorised. Ask for less, or ask them with a "
                        "change order first.",
                        billed=order.currency_id.format(billed),
                        order=order.name,
                        limit=order.currency_id.format(limit),
                    )
                )

    def _check_can_invoice(self):
        super()._check_can_invoice()
        for order in self:
            order.order_line._check_is_within_limit()
