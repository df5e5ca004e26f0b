from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """The pro forma of a quote or an order: printed, sent and paid online.

    It posts nothing and takes no number. What is paid on it is Odoo's payment of the order, which
    the invoice is reconciled with when it is posted.
    """

    _inherit = "sale.order"

    amount_pro_forma = fields.Monetary(
        "Left to Pay on the Pro Forma",
        compute="_compute_pro_forma",
        compute_sudo=True,
        groups="sales_team.group_sale_salesman,account.group_account_invoice",
        help="The order's total, less what was paid on it and what is invoiced.",
    )
    pro_forma_url = fields.Char(
        compute="_compute_pro_forma",
        compute_sudo=True,
        groups="sales_team.group_sale_salesman,account.group_account_invoice",
        help="Page on which the client pays what is left.",
    )

    @api.depends(
        "amount_total",
        "amount_paid",
        "currency_id",
        "state",
        "invoice_ids.state",
        "invoice_ids.move_type",
        "invoice_ids.amount_total",
    )
    def _compute_pro_forma(self):
        for order in self:
            bills = order.invoice_ids.filtered(lambda move: move.state == "posted")
            billed = -sum(move.direction_sign * move.amount_total for move in bills)
            # What was paid on the order is in the invoice that it is reconciled with.
            left = order.amount_total - max(billed, order.amount_paid)
            order.amount_pro_forma = max(order.currency_id.round(left), 0.0)
            order.pro_forma_url = order._get_pro_forma_url()

    def _get_pro_forma_url(self):
        """Portal page of this one order, which asks for what is left to pay; empty for nothing."""
        self.ensure_one()
        if self.currency_id.is_zero(self.amount_pro_forma) or self.state == "cancel":
            return False
        query = urlencode({"payment_amount": self.amount_pro_forma})
        return f"{self.get_base_url()}{self.get_portal_url(query_string=f'&{query}')}"

    def action_send_pro_forma(self):
        """Open the e-mail of this one order's pro forma, with its PDF and the link to pay it.

        :return: window action of the dialog
        :raises UserError: when nothing is to pay
        """
        self.ensure_one()
        self.check_access("write")
        self._check_has_pro_forma()
        return self.with_context(proforma=True).action_quotation_send()

    def action_print_pro_forma(self):
        """Print the pro forma of these orders.

        :return: action of the report
        :raises UserError: when nothing is to pay on one
        """
        self.check_access("read")
        self._check_has_pro_forma()
        return self.env.ref("sercom_billing.action_report_pro_forma").report_action(self)

    def _check_has_pro_forma(self):
        for order in self:
            if order.state == "cancel":
                raise UserError(
                    self.env._("%s is lost. Set it back to quotation first.", order.name)
                )
            if not order.order_line._is_priced():
                raise UserError(
                    self.env._("%s has no price. Set one on its lines first.", order.name)
                )

    def _find_mail_template(self):
        if self.env.context.get("proforma") and self.service_file_id:
            return self.env.ref("sercom_billing.mail_template_pro_forma")
        return super()._find_mail_template()
