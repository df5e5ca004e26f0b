from odoo.http import request

from odoo.addons.web.controllers.home import Home as WebHome

# Where a login leads that asked for nothing: the bare address of the server ends there too.
NOWHERE = {None, "", "/", "/web", "/web?", "/odoo", "/odoo?"}


class Home(WebHome):
    def _login_redirect(self, uid, redirect=None):
        url = super()._login_redirect(uid, redirect=redirect)
        if redirect in NOWHERE and request.session.uid:  # past the second factor, if any
            # sudo: who signs in has no rights yet
            user = request.env["res.users"].sudo().browse(uid)
            if user._lands_on_my_day():
                return "/my-day"
        return url
