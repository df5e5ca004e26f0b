from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.html_editor.controllers.main import HTML_Editor

from ..tools.outside import is_outside


class LinkPreview(HTML_Editor):
    """What the editor of notes asks of an address that somebody typed."""

    @route()
    def link_preview_metadata(self, preview_url):
        # Odoo answers anybody, without a login, what the server reads there.
        if not request.env["mail.link.preview"]._may_fetch(preview_url):
            return False
        return super().link_preview_metadata(preview_url)

    def _attachment_create(self, name="", data=False, url=False, **kwargs):
        # Odoo calls the address to learn what it is, before it asks who may add it.
        if url and not data and not is_outside(url):
            raise UserError(
                request.env._("%s is no address on the Internet. Upload the file instead.", url)
            )
        return super()._attachment_create(name=name, data=data, url=url, **kwargs)
