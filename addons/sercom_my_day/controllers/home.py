from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.home import Home as WebHome

from ..models.ir_http import LOGIN, PAGE

# Where a login leads that asked for nothing: the bare address of the server ends there too.
NOWHERE = {None, "", "/", "/web", "/web?", "/odoo", "/odoo?"}

# Keys of reCAPTCHA and of Turnstile, where one is asked to tell people from robots.
RIDDLES = {"recaptcha_public_key", "turnstile_site_key"}


class Home(WebHome):
    def _login_redirect(self, uid, redirect=None):
        url = super()._login_redirect(uid, redirect=redirect)
        if redirect in NOWHERE and request.session.uid:  # past the second factor, if any
            # sudo: who signs in has no rights yet
            user = request.env["res.users"].sudo().browse(uid)
            if user._lands_on_my_day():
                return PAGE
        return url

    @http.route(LOGIN, type="http", auth="none", methods=["GET", "POST"], readonly=False)
    def my_day_login(self, redirect=None, **kw):
        """Odoo's login with all its checks, on a page of 3 kB in place of 2.5 MB.

        What its page shows beside the password (other ways to sign in) is one tap away.
        """
        self._speak_nearest_language()
        response = self.web_login(redirect=redirect or PAGE, **kw)
        if getattr(response, "template", None) == "web.login":
            page = redirect or PAGE
            other = "/web/login?" + urlencode({"redirect": page})
            if RIDDLES & set(request.env["ir.http"].get_frontend_session_info()):
                return request.redirect(other)  # the riddle needs the scripts of Odoo's own page
            response.template = "sercom_my_day.login_page"
            response.qcontext.update(page=page, other_url=other, title=request.env._("My Day"))
        return response

    @staticmethod
    def _speak_nearest_language():
        """Speak English to a phone that is set to the English of Canada, and not the company's."""
        wanted = request.session.context.get("lang")
        nearest = request.env["ir.http"].get_nearest_lang(wanted)
        if nearest:
            request.update_context(lang=nearest)
