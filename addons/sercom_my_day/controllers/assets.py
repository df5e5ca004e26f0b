import gzip
from functools import lru_cache

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary as WebBinary

BUNDLE = "sercom_my_day."
SENT_BY_PROXY = ("X-Accel-Redirect", "X-Sendfile")


@lru_cache(maxsize=8)  # both bundles in both directions, before and after an update
def _compress(data):
    return gzip.compress(data, mtime=0)


def compress(response, compressor=_compress):
    """Make an answer as small as the phone's browser takes it.

    Many servers have no proxy before them that does. One that does leaves this as it is.
    """
    is_taken = "gzip" in request.httprequest.headers.get("Accept-Encoding", "")
    is_whole = response.status_code == 200 and not response.headers.get("Content-Encoding")
    if not is_whole or any(name in response.headers for name in SENT_BY_PROXY):
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if is_taken:
        response.direct_passthrough = False
        response.set_data(compressor(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
    return response


class Binary(WebBinary):
    @http.route()
    def content_assets(self, filename=None, **kwargs):
        response = super().content_assets(filename=filename, **kwargs)
        return compress(response) if (filename or "").startswith(BUNDLE) else response
