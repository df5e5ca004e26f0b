from odoo import fields, http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..models.document.sale_order import PORTAL_ANSWER
from .payment import OrderPortal


class QuotePortal(OrderPortal):
    """A quote's page: read in the clocks of the site, answered once, and a way to its need."""

    def _find_order(self, order_id, access_token):
        """The service order that whoever asks may open, in sudo; none for others."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return request.env["sale.order"]
        return order if order.service_file_id else order.browse()

    @http.route()
    def portal_my_quotes(self, **kwargs):
        self._set_zone(request.env.user.tz)
        return super().portal_my_quotes(**kwargs)

    @http.route()
    def portal_my_orders(self, **kwargs):
        self._set_zone(request.env.user.tz)
        return super().portal_my_orders(**kwargs)

    def _set_zone(self, zone):
        company = request.env.company.sudo()  # sudo: the firm's clocks, for its clients
        zone = zone or company.partner_id.tz or company.resource_calendar_id.tz
        request.update_context(tz=zone)

    @http.route()
    def portal_order_page(self, order_id, access_token=None, **kwargs):
        if order := self._find_order(order_id, access_token):
            # Visitors have no clock: a quote signed in the evening is signed that day.
            self._set_zone(order.service_file_id._get_portal_zone())
            if not order._is_first_view():
                today = fields.Date.today().isoformat()
                request.session[f"view_quote_{order.id}"] = today
        return super().portal_order_page(order_id, access_token=access_token, **kwargs)

    def _get_page_view_values(self, document, access_token, values, *args, **kwargs):
        values = super()._get_page_view_values(document, access_token, values, *args, **kwargs)
        if request.env.user._is_public():
            values["no_breadcrumbs"] = True  # they lead to what needs a login
        if document._name == "sale.order" and document.service_file_id:
            values["next_step"] = self._get_next_step(document)
        return values

    def _get_next_step(self, order):
        """Where the client goes from this one quote: the page of its need.

        Who came by the quote's link does not get there by it: links are forwarded. They have one
        sent to the client's address.
        """
        file = order.service_file_id
        user = request.env.user
        reader = user.partner_id if user.share and not user._is_public() else order.partner_id
        if not file._find_for_portal(file.id, reader):
            return {}
        can_choose = any(job._is_booked_by_client() for job in file._get_portal_jobs(reader))
        return {
            "can_choose_time": can_choose,
            "url": f"/my/requests/{file.id}" if not user._is_public() else "",
            "post_url": order.get_portal_url(suffix="/request"),
        }

    @http.route(
        "/my/orders/<int:order_id>/request",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_order_request(self, order_id, access_token=None, **kwargs):
        order = self._find_order(order_id, access_token)
        if not order:
            return request.redirect("/my")
        file = order.service_file_id
        if file._find_for_portal(file.id, order.partner_id):
            file._send_portal_link(order.partner_id)
        return request.redirect(order.get_portal_url(query_string="&message=link_sent"))

    # Answers

    def _say(self, answer):
        request.update_context(**PORTAL_ANSWER(request.env["sale.order"], answer).env.context)

    @http.route()
    def portal_quote_accept(self, order_id, access_token=None, **kwargs):
        self._say("approved")
        # As Odoo: it may stand in the address.
        access_token = access_token or request.httprequest.args.get("access_token")
        order = self._find_order(order_id, access_token)
        was_open = order and order._has_to_be_signed()
        answer = super().portal_quote_accept(order_id, access_token=access_token, **kwargs)
        if was_open and order.signed_by and request.env.user._is_internal():
            order._note_signed_at_the_firm(request.env.user)
        return answer

    @http.route()
    def portal_quote_decline(self, order_id, access_token=None, decline_message=None, **kwargs):
        order = self._find_order(order_id, access_token)
        was_open = order and order._has_to_be_signed()
        self._say("refused")
        answer = super().portal_quote_decline(
            order_id, access_token=access_token, decline_message=decline_message, **kwargs
        )
        if was_open and order.state == "cancel":
            order._note_refused(decline_message)
            order._tell_of_answer("refused")
        return answer
