import base64
import logging
from uuid import uuid4

from psycopg2.errors import UniqueViolation

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.ask.sercom_web_request import MAX_PHOTO_MB, MAX_PHOTOS
from ..tools.ask.form import read_form

PHOTO_TYPES = {"image/jpeg", "image/png", "image/webp"}
MEGABYTE = 1024 * 1024
_logger = logging.getLogger(__name__)

HONEYPOT = "website_url"  # nobody sees it; robots fill it in


class AskForService(http.Controller):
    """The public page where anybody asks for service.

    It answers everybody alike: nobody learns by it whether an address is a client's.
    """

    @http.route("/service", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def ask(self, **kwargs):
        self._check_open()
        return self._render({}, {})

    @http.route(
        "/service/send",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        # Frames of other sites send no cookie; the stamp of the page stands in for the token.
        csrf=False,
        max_content_length=(MAX_PHOTOS * MAX_PHOTO_MB + 2) * MEGABYTE,
    )
    def send(self, **form):
        self._check_open()
        if form.get(HONEYPOT):
            return request.redirect("/service/thanks")
        requests = request.env["sercom.web.request"].sudo()  # sudo: visitors have no rights
        key = requests._read_stamp(form.get("stamp"))
        partner = self._get_client()
        site = self._find_site(partner, form.get("site"))
        asked = read_form(form, self._get_today(), is_known=bool(partner), has_site=bool(site))
        photos, photo_error = self._read_photos()
        if not key:
            asked.errors["stamp"] = "old"
        errors = {**asked.errors, **({"photos": photo_error} if photo_error else {})}
        if errors and photos:
            errors["photos"] = "again"  # no page keeps files
        if errors:
            return self._render(form, self._get_messages(errors))
        try:
            with request.env.cr.savepoint():
                self._make(
                    requests,
                    form,
                    key=key,
                    address=request.httprequest.remote_addr,
                    asked=asked,
                    product=self._find_product(form.get("product")),
                    partner=partner,
                    site=site,
                    photos=photos,
                )
        except UniqueViolation:
            # The other one makes it.
            _logger.info("A request on the web was sent twice at the same moment")
        except UserError as error:
            return self._refuse(form, error)
        return request.redirect(self._get_thanks_url(form))

    # Hooks

    def _make(self, requests, form, **asked):
        """Hook: make the request that was asked for."""
        return requests._make(**asked)

    def _refuse(self, form, error):
        """Hook: answer a form of which no request could be made."""
        return self._render(form, {"stamp": str(error)})

    def _get_thanks_url(self, form):
        """Hook: where who has asked goes."""
        return "/service/thanks"

    def _get_page_key(self, form):
        """Hook: random text of a page that is shown."""
        return uuid4().hex

    @http.route("/service/thanks", type="http", auth="public", website=True, methods=["GET"])
    def thanks(self, **kwargs):
        self._check_open()
        # sudo: of the firm
        phone = request.env.company.sudo().phone or ""
        values = {"no_breadcrumbs": True, "phone": phone, "time": kwargs.get("time", "")}
        return request.render("sercom_portal.portal_service_thanks", values)

    @http.route("/service/picture/<int:product_id>", type="http", auth="public", website=True)
    def picture(self, product_id, **kwargs):
        self._check_open()
        product = self._find_product(product_id)
        if not product or not product.image_256:
            raise request.not_found()
        # sudo: it is one of those that are offered
        stream = request.env["ir.binary"].sudo()._get_image_stream_from(product, "image_256")
        return stream.get_response()

    # Who asks

    def _check_open(self):
        if not request.env.company.sudo().is_asked_on_web:  # sudo: a setting, for visitors
            raise request.not_found()

    def _get_client(self):
        """The client who has signed in; nobody for visitors, and for who works for the firm."""
        user = request.env.user
        is_client = user.share and not user._is_public()
        return user.partner_id if is_client else request.env["res.partner"]

    def _get_sites(self, partner):
        Site = request.env["fsm.location"].sudo()  # sudo: their own, by the domain
        if not partner:
            return Site
        return Site.search(
            [("owner_id.commercial_partner_id", "=", partner.commercial_partner_id.id)],
            order="name, id",
            limit=100,
        )

    def _get_site_choices(self, partner):
        """Sites to choose from; none of several is chosen beforehand."""
        sites = [(str(site.id), site.name) for site in self._get_sites(partner)]
        return [("", request.env._("Choose…")), *sites] if len(sites) > 1 else sites

    def _find_site(self, partner, site_id):
        return self._get_sites(partner).filtered(lambda site: str(site.id) == str(site_id))

    # What is asked

    def _get_products(self):
        company = request.env.company
        domain = Domain("is_asked_on_web", "=", True) & Domain(
            "company_id", "in", [False, company.id]
        )
        # sudo: names and pictures of what the firm offers; no price is read
        return request.env["product.template"].sudo().search(domain, limit=60)

    def _find_product(self, product_id):
        return self._get_products().filtered(lambda one: str(one.id) == str(product_id))

    def _get_today(self):
        company = request.env.company.sudo()  # sudo: the firm's clocks
        zone = company.partner_id.tz or company.resource_calendar_id.tz
        return fields.Date.context_today(company.with_context(tz=zone))

    def _read_photos(self):
        """Photos that were sent, judged by their bytes: ``(list, code of what is wrong)``."""
        files = [one for one in request.httprequest.files.getlist("photos") if one.filename]
        if len(files) > MAX_PHOTOS:
            return [], "many"
        photos = []
        for one in files:
            content = one.read(MAX_PHOTO_MB * MEGABYTE + 1)
            if len(content) > MAX_PHOTO_MB * MEGABYTE:
                return [], "big"
            if guess_mimetype(content) not in PHOTO_TYPES:
                return [], "kind"
            photos.append((one.filename[:80], base64.b64encode(content)))
        return photos, ""

    # The page

    def _render(self, form, errors):
        values = self._prepare_page(form, errors)
        return request.render("sercom_portal.portal_service", values)

    def _prepare_page(self, form, errors):
        """Values of the page of the form."""
        partner = self._get_client()
        products = self._get_products()
        requests = request.env["sercom.web.request"]
        return {
            "no_breadcrumbs": True,
            "title": request.env.company.sudo().name,  # sudo: of the firm
            "errors": errors,
            "form": {name: value for name, value in form.items() if isinstance(value, str)},
            "stamp": requests._make_stamp(self._get_page_key(form)),
            "is_known": bool(partner),
            "client_name": partner.name or "",
            "today": fields.Date.to_string(self._get_today()),
            "sites": self._get_site_choices(partner),
            "services": [(str(one.id), one.name, bool(one.image_256)) for one in products],
            "max_photos": MAX_PHOTOS,
            "phone": request.env.company.sudo().phone or "",  # sudo: of the firm
        }

    def _get_messages(self, errors):
        """What a visitor reads of each error."""
        env = request.env
        words = {
            "missing": env._("Please fill this in."),
            "long": env._("This is too long. Shorten it, please."),
            "wrong": env._("This does not look right. Check it, please."),
            "old": env._("The page was open for a long time, or was sent too fast. Send it again."),
            "many": env._("Send %s photos at most.", MAX_PHOTOS),
            "big": env._("Each photo may have %s MB at most.", MAX_PHOTO_MB),
            "again": env._("Choose your photos again, please: they were not kept."),
            "other": env._("For this service, we call you to agree on a time."),
            "kind": env._("One of the files is no photo. Choose JPEG, PNG or WebP pictures."),
        }
        return {name: words[code] for name, code in errors.items()}


class AskLayout(CustomerPortal):
    def _prepare_portal_layout_values(self):
        # sudo: a setting of the firm
        is_asked = request.env.company.sudo().is_asked_on_web
        return {**super()._prepare_portal_layout_values(), "is_asked_on_web": is_asked}
