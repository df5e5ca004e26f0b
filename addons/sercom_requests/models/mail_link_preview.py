from odoo import api, models

from ..tools.outside import is_outside

THROTTLE = "mail.link_preview_throttle"


class MailLinkPreview(models.Model):
    """The server calls no address that somebody wrote in a message, unless the firm wants it.

    It stands inside the firm's network: whoever writes, a client in the portal too, would read by
    way of it what only its machines may. A firm that wants previews sets Odoo's own parameter.
    """

    _inherit = "mail.link.preview"

    @api.model
    def _is_link_preview_enabled(self):
        # sudo: whoever writes, as Odoo asks it
        is_wanted = bool(self.env["ir.config_parameter"].sudo().get_param(THROTTLE))
        return is_wanted and super()._is_link_preview_enabled()

    def _is_domain_thottled(self, url):
        return not is_outside(url) or super()._is_domain_thottled(url)

    @api.model
    def _may_fetch(self, url):
        """Whether the server may call ``url`` for the current user, to show what is there."""
        is_ours = self.env.user._is_internal()
        return is_ours and self._is_link_preview_enabled() and is_outside(url)
