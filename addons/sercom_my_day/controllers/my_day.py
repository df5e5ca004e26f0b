import gzip

from odoo import http
from odoo.http import request
from odoo.tools import file_open, py_to_js_locale
from odoo.tools.translate import code_translations

from ..models.ir_http import PAGE as SCOPE
from .assets import compress

ADDON = "sercom_my_day"


class MyDay(http.Controller):
    """The technician's light page: a shell with its own small bundle, kept by a service worker."""

    @http.route(SCOPE, type="http", auth="user", methods=["GET"], readonly=True)
    def my_day(self, **kwargs):
        if not request.env.user._is_internal():
            return request.redirect("/my")
        request.env["ir.http"]._update_user_cookie()
        # Words from here: Odoo translates nothing of a template with a document's type.
        words = {
            "title": request.env._("My Day"),
            "no_script": request.env._("My Day needs JavaScript."),
        }
        response = request.render(f"{ADDON}.my_day", {"boot": self._get_boot(), **words})
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.flatten()
        return compress(response, gzip.compress)

    def _get_boot(self):
        """What the page must know before it has asked for anything, also without network."""
        lang = request.env.lang or "en_US"
        lang_data = request.env["res.lang"]._get_data(code=lang)
        my_day = request.env["sercom.my.day"]
        return {
            "context": {"lang": lang},
            "user": my_day._get_user_info(),
            "secret": my_day._get_phone_secret(),
            "push_key": request.env["sercom.assignment"]._get_push_key() or "",
            "lang": py_to_js_locale(lang),
            "direction": lang_data.direction or "ltr",
            "decimal_point": lang_data.decimal_point or ".",
            "terms": {addon: self._get_terms(addon, lang) for addon in my_day._get_page_addons()},
        }

    def _get_terms(self, addon, lang):
        """Translations of an add-on's code and templates: ``{term: translation}``."""
        messages = code_translations.get_web_translations(addon, lang)["messages"]
        return {message["id"]: message["string"] for message in messages}

    @staticmethod
    def _check_user():
        if not request.env.user._is_internal():
            raise request.not_found()

    @http.route(
        f"{SCOPE}/photo/<int:photo_id>/<any(image_128,image_1920):size>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def photo(self, photo_id, size):
        """A photo of an earlier visit, for who goes to the same site."""
        self._check_user()
        photo = request.env["sercom.my.day"]._find_site_photo(photo_id)
        if not photo:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(photo, size)
        return stream.get_response()

    @http.route(
        f"{SCOPE}/service-worker.js", type="http", auth="user", methods=["GET"], readonly=True
    )
    def service_worker(self):
        self._check_user()
        with file_open(f"{ADDON}/static/src/service_worker/service_worker.js") as file:
            body = file.read()
        return request.make_response(
            body,
            [
                ("Content-Type", "text/javascript"),
                ("Service-Worker-Allowed", SCOPE),
                ("Cache-Control", "no-cache"),
            ],
        )

    @http.route(
        f"{SCOPE}/manifest.webmanifest", type="http", auth="user", methods=["GET"], readonly=True
    )
    def manifest(self):
        self._check_user()
        name = request.env._("My Day")
        manifest = {
            "name": name,
            "short_name": name,
            "id": SCOPE,
            "scope": SCOPE,
            "start_url": SCOPE,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0b3d5c",
            "icons": [
                {
                    "src": f"/{ADDON}/static/img/icon-{size}.png",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    # The picture keeps clear of the edges, which launchers cut off as they like.
                    "purpose": purpose,
                }
                for size in (192, 512)
                for purpose in ("any", "maskable")
            ],
        }
        return request.make_json_response(manifest, {"Content-Type": "application/manifest+json"})
