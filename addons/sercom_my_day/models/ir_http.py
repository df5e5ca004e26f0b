from odoo import models
from odoo.http import request

# Not secret: it tells the page, and nobody else relies on it, whose session the phone has.
USER_COOKIE = "sercom_my_day_user"


class IrHttp(models.AbstractModel):
    """A page that was kept on the phone must know without network who is signed in there."""

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        # Only a phone that has opened the page has the cookie.
        if USER_COOKIE in request.cookies:
            cls._update_user_cookie()
        return super()._post_dispatch(response)

    @classmethod
    def _update_user_cookie(cls):
        """Keep the cookie of the page in step with the session: at sign-in, and at sign-out."""
        user_id = str(request.session.uid or "")
        if request.cookies.get(USER_COOKIE, "") == user_id:
            return
        if user_id:
            request.future_response.set_cookie(USER_COOKIE, user_id, samesite="Lax")
        else:
            request.future_response.set_cookie(USER_COOKIE, max_age=0, expires=0)
