from odoo import models
from odoo.http import SessionExpiredException, request

# Not secret: it tells the page, and nobody else relies on it, whose session the phone has.
USER_COOKIE = "sercom_my_day_user"
PAGE = "/my-day"
LOGIN = "/my-day/login"


class IrHttp(models.AbstractModel):
    """A page that was kept on the phone must know without network who is signed in there."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        try:
            return super()._authenticate(endpoint)
        except SessionExpiredException as error:
            if request.httprequest.path == PAGE:
                # As from any page, but to the light one: a phone's network is weak.
                response = request.dispatcher.handle_error(error)
                response.headers["Location"] = LOGIN
                error.error_response = response
            raise

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
