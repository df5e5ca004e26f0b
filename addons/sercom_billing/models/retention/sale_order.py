from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.context import Sentinel
from odoo.addons.sercom_requests.tools.field_access import BILLING, SALES, merge_fields

# Said by the button that bills what is held back, and nothing else.
RELEASED = Sentinel("retention_released")
READERS = "sales_team.group_sale_salesman,account.group_account_invoice"


class SaleOrder(models.Model):
    """A part of each progress invoice is held back by the client until the work is accepted.

    It is neither billed nor taxed before it is due: the final invoice bills it, or a button before.
    """

    _inherit = "sale.order"

    retention_percent = fields.Float(
        "Retention (%)",
        tracking=True,
        groups=READERS,
        help="Proposed on each progress invoice: what the client holds back until the end.",
    )
    amount_retained = fields.Monetary(
        "Held Back",
        compute="_compute_amount_retained",
        compute_sudo=True,
        groups=READERS,
        help="Before taxes, drafts included. The final invoice bills it.",
    )

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, SALES), {"retention_percent"})
        return merge_fields(super()._get_writable_fields(), own)

    @api.depends(
        "currency_id",
        "order_line.is_retention",
        "order_line.price_unit",
        "order_line.qty_invoiced",
    )
    def _compute_amount_retained(self):
        for order in self:
            held = order.order_line.filtered("is_retention")
            amount = -sum(line.price_unit * line.qty_invoiced for line in held)
            order.amount_retained = order.currency_id.round(amount)

    @api.constrains("retention_percent")
    def _check_retention_percent(self):
        for order in self:
            order._check_is_retention(order.retention_percent)

    def _check_is_retention(self, percent):
        if not 0 <= percent < 100:
            raise UserError(
                self.env._(
                    "The retention of %(order)s cannot be %(percent)g%%. Enter 0 or more, below "
                    "100.",
                    order=self.name or self.env._("this quote"),
                    percent=percent,
                )
            )

    def action_release_retention(self):
        """Bill what the client holds back of this one order, before its final invoice.

        :return: window action of the draft invoice
        :raises UserError: when nothing is held back
        """
        self.ensure_one()
        self.env["account.move"].check_access("create")
        self.check_access("read")
        # sudo: billing locks orders that it may not write
        self.sudo()._lock_for_conversion()
        self.invalidate_recordset(["amount_retained"])
        if self.currency_id.compare_amounts(self.amount_retained, 0.0) <= 0:
            raise UserError(
                self.env._(
                    "Nothing is held back of %s: a progress invoice with a retention comes first.",
                    self.name,
                )
            )
        return window_action(RELEASED(self)._create_invoices(final=True).with_env(self.env))

    def _get_invoiceable_lines(self, final=False):
        lines = super()._get_invoiceable_lines(final)
        return lines.filtered("is_retention") if RELEASED.get(self) else lines

    def _prepare_down_payment_section_line(self, **optional_values):
        vals = super()._prepare_down_payment_section_line(**optional_values)
        if RELEASED.get(self):
            vals["name"] = self.env._("Retention")
        return vals
