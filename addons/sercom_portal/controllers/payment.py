from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount


class SeeInvoices(PortalAccount):
    """What is asked of a client is what they still owe, on every road to the payment."""

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        # OVERRIDE account_payment: who has signed in needs no link to read their invoice, and
        # Odoo's form then asks for the token that only a link has.
        if not access_token and not request.env.user._is_public():
            access_token = invoice.sudo()._portal_ensure_token()  # sudo: it was found theirs
        return super()._invoice_get_page_view_values(invoice, access_token, **kwargs)

    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        # OVERRIDE account_payment: it asks for the whole invoices, whatever was paid already.
        values = super()._overdue_invoices_get_page_view_values(overdue_invoices, **kwargs)
        if "payment" in values:
            due = sum(overdue_invoices.mapped("amount_residual"))
            values["payment"]["amount"] = values["amount"] = due
        return values


class PayInvoices(PaymentPortal):
    @route()
    def overdue_invoices_transaction(self, payment_reference, **kwargs):
        # OVERRIDE account_payment: it takes the amount that the browser sends.
        if not request.env.user._is_public():
            overdue = request.env["account.move"].search(self._get_overdue_invoices_domain())
            kwargs["amount"] = sum(overdue.mapped("amount_residual"))
        return super().overdue_invoices_transaction(payment_reference, **kwargs)
