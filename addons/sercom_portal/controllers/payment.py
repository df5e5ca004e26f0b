from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal as InvoicePayment
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.addons.sale.controllers.portal import CustomerPortal as SalePortal
from odoo.addons.sale.controllers.portal import PaymentPortal as OrderPayment


def _check_left(currency, amount, left):
    """Refuse to take more than what is left, as of a page that was opened before a payment.

    :raises ValidationError: when it is more
    """
    if amount and currency.compare_amounts(float(amount), left) > 0:
        env = request.env
        raise ValidationError(
            env._(
                "%s is left to pay. Open the page again to see what it is now.",
                currency.format(left),
            )
        )


class SeeInvoices(PortalAccount):
    """What is asked of a client is what they still owe, on every road to the payment."""

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        # OVERRIDE account_payment: who has signed in needs no link to read their invoice, and
        # Odoo's form then asks for the token that only a link has.
        if not access_token and not request.env.user._is_public():
            access_token = invoice.sudo()._portal_ensure_token()  # sudo: it was found theirs
        return super()._invoice_get_page_view_values(invoice, access_token, **kwargs)

    def _get_common_page_view_values(self, invoices_data, access_token=None, **kwargs):
        # Which providers take the amount depends on what is left.
        data = {**invoices_data, "total_amount": invoices_data["amount_residual"]}
        return super()._get_common_page_view_values(data, access_token, **kwargs)

    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        values = super()._overdue_invoices_get_page_view_values(overdue_invoices, **kwargs)
        if not request.env.company.sudo()._takes_payments_online():  # sudo: of the firm
            values.pop("payment", None)  # Odoo goes back to the list then
        if "payment" in values:
            left = sum(overdue_invoices.mapped("amount_residual"))
            values["payment"] = {**values["payment"], "amount": left}
            values["amount"] = left
            values["landing_route"] = "/my/invoices?paid=1"
        return values

    def _prepare_my_invoices_values(self, *args, **kwargs):
        values = super()._prepare_my_invoices_values(*args, **kwargs)
        if request.params.get("paid"):
            values["thanks"] = self._get_thanks()
        return values

    def _get_thanks(self):
        """What the client who comes back from paying is told of it, of the last hour."""
        payment = (
            request.env["payment.transaction"]
            .sudo()  # sudo: their own, by the domain
            .search(
                [
                    ("partner_id", "=", request.env.user.partner_id.id),
                    ("state", "in", ("pending", "authorized", "done")),
                    ("create_date", ">", fields.Datetime.now() - timedelta(hours=1)),
                ],
                order="id desc",
                limit=1,
            )
        )
        if not payment:
            return {}
        return {
            "amount": payment.currency_id.format(payment.amount),
            "reference": payment.reference,
            "is_done": payment.state == "done",
            "invoices": [(move.name, move.get_portal_url()) for move in payment.invoice_ids],
        }


class PayInvoices(InvoicePayment):
    @route()
    def overdue_invoices_transaction(self, payment_reference, **kwargs):
        # OVERRIDE account_payment: it takes the amount that the browser sends.
        if not request.env.user._is_public():
            overdue = request.env["account.move"].search(self._get_overdue_invoices_domain())
            kwargs["amount"] = sum(overdue.mapped("amount_residual"))
        return super().overdue_invoices_transaction(payment_reference, **kwargs)

    def _process_transaction(
        self, partner_id, currency_id, invoice_ids, payment_reference, **kwargs
    ):
        # sudo: those were found for who pays
        invoices = request.env["account.move"].sudo().browse(invoice_ids)
        currency = request.env["res.currency"].browse(currency_id)
        _check_left(currency, kwargs.get("amount"), sum(invoices.mapped("amount_residual")))
        return super()._process_transaction(
            partner_id, currency_id, invoice_ids, payment_reference, **kwargs
        )


class OrderPortal(SalePortal):
    """An order is paid by what is left of it, also by a link of before another payment."""

    def _get_payment_values(self, order_sudo, is_down_payment=False, payment_amount=None, **kwargs):
        values = super()._get_payment_values(
            order_sudo, is_down_payment=is_down_payment, payment_amount=payment_amount, **kwargs
        )
        return {**values, "amount": min(values["amount"], order_sudo.amount_pro_forma)}


class OrderPaymentPortal(OrderPayment):
    def _create_transaction(self, *args, custom_create_values=None, **kwargs):
        for command in (custom_create_values or {}).get("sale_order_ids", ()):
            # sudo: the order was found for who pays
            orders = request.env["sale.order"].sudo().browse(command[2])
            left = sum(orders.mapped("amount_pro_forma"))
            _check_left(orders.currency_id, kwargs.get("amount"), left)
        return super()._create_transaction(
            *args, custom_create_values=custom_create_values, **kwargs
        )
