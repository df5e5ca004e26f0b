import logging
from datetime import timedelta

from odoo import http
from odoo.exceptions import MissingError, UserError, ValidationError
from odoo.http import request

from .ask import AskForService

_logger = logging.getLogger(__name__)

# Of pages that are stepped through by buttons alone.
AT_ONCE = timedelta()
TYPED = ("name", "phone", "email", "street", "city", "zip", "need", "site", "urgency", "consent")
# As the form's own: frames of other sites send no cookie.
POST = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["POST"],
    "csrf": False,
    "max_content_length": 80 * 1024 * 1024,
}


class AskWithTime(AskForService):
    """A visitor chooses the time of the visit with the request, of the services so opened.

    The steps hand on what was typed; photos are chosen last, since no page keeps them.
    """

    @http.route("/service/times", **POST)
    def times(self, **form):
        self._check_open()
        return self._render_times(form)

    @http.route("/service/hold", **POST)
    def hold(self, **form):
        self._check_open()
        product = self._find_product(form.get("product"))
        key = self._read_key(form)
        if not key or not product._is_booked_on_web():
            return self._render(form, self._get_messages({"stamp": "old"}))
        address = request.httprequest.remote_addr
        try:
            with request.env.cr.savepoint():
                self._get_holds()._hold(key, address, product, form.get("start"))
        except UserError as error:
            return self._render_times(form, str(error))
        return self._render(form, {})

    @http.route("/service/release", **POST)
    def release(self, **form):
        self._check_open()
        key = self._read_key(form)
        if key:
            self._get_holds()._find(key)._take_back()
        return self._render({**form, "start": ""}, {})

    # What is asked

    def _get_holds(self):
        return request.env["sercom.booking.hold"].sudo()  # sudo: visitors have no rights

    def _read_key(self, form):
        # sudo: visitors have no rights
        requests = request.env["sercom.web.request"].sudo()
        return requests._read_stamp(form.get("stamp"), AT_ONCE)

    def _find_hold(self, form):
        """The time that a page holds, if it is still its own."""
        key = self._read_key(form)
        return self._get_holds()._find(key) if key else self._get_holds()

    def _get_page_key(self, form):
        # A page that is stepped through, or mended, is one page until it has been sent.
        key = self._read_key(form)
        # sudo: visitors have no rights
        if key and not request.env["sercom.web.request"].sudo()._find_sent(key):
            return key
        return super()._get_page_key(form)

    def _get_slot_product(self, form):
        """Service whose time comes with a form; none for a form without."""
        product = self._find_product(form.get("product"))
        return product if form.get("start") and product._is_booked_on_web() else product.browse()

    def _make(self, requests, form, **asked):
        product = self._get_slot_product(form)
        if product and not requests._find_sent(asked["key"]):
            asked["slot"] = requests._claim_time(
                asked["key"], asked["address"], product, form["start"]
            )
        return super()._make(requests, form, **asked)

    def _refuse(self, form, error):
        if isinstance(error, (ValidationError, MissingError)) and self._get_slot_product(form):
            # What it says names who is busy elsewhere: that is the office's to read.
            _logger.info("A time that was chosen on the web could not be booked: %s", error)
            return self._render_times(form, str(self._get_holds()._get_taken_error()))
        return super()._refuse(form, error)

    def _get_thanks_url(self, form):
        url = super()._get_thanks_url(form)
        return f"{url}?time=1" if self._get_slot_product(form) else url

    # The pages

    def _prepare_page(self, form, errors):
        values = super()._prepare_page(form, errors)
        # sudo: settings, for visitors
        company = request.env.company.sudo()
        products = self._get_products()
        hold = self._find_hold(form)
        held = {}
        if hold:
            span = {str(hold.date_start): {"date_end": str(hold.date_end)}}
            [(day, [(_start, window)])] = company._get_web_times(span)
            held = {
                "start": str(hold.date_start),
                "product": str(hold.product_tmpl_id.id),
                "service": hold.product_tmpl_id.name,
                "day": day,
                "window": window,
                "until": company._format_web_time(hold.expires_on),
            }
        return {
            **values,
            "held": held,
            "booked_services": {str(one.id) for one in products if one._is_booked_on_web()},
        }

    def _render_times(self, form, error=""):
        product = self._find_product(form.get("product"))
        if not product._is_booked_on_web():
            return self._render(form, self._get_messages({"product": "other"}))
        company = request.env.company.sudo()  # sudo: settings, for visitors
        # sudo: visitors have no rights
        requests = request.env["sercom.web.request"].sudo()
        # What it holds is offered again, should no other time suit.
        key = self._get_page_key(form)
        values = {
            "no_breadcrumbs": True,
            "error": error,
            "service": product.name,
            "days": company._get_web_times(product._find_web_times()),
            "is_at_once": company.web_booking == "confirmed",
            "phone": company.phone or "",
            "typed": [
                ("stamp", requests._make_stamp(key)),
                ("product", str(product.id)),
                *((name, form[name]) for name in TYPED if isinstance(form.get(name), str)),
            ],
        }
        return request.render("sercom_portal.portal_service_times", values)
