from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class QuotePortal(CustomerPortal):
    @route()
    def portal_quote_decline(self, order_id, access_token=None, decline_message=None, **kwargs):
        # sudo: only to see whether it was refused
        order = request.env["sale.order"].sudo().browse(order_id).exists()
        was_open = order.state == "sent"
        answer = super().portal_quote_decline(
            order_id, access_token=access_token, decline_message=decline_message, **kwargs
        )
        if was_open and order.state == "cancel":
            order._note_refused(decline_message)
        return answer
