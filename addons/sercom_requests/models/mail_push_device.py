from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import UserError

# Where browsers have their notices delivered: Chrome and those made of it, Firefox, Edge, Safari.
PUSH_SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "notify.windows.com",
    "push.apple.com",
    "push.services.mozilla.com",
)
# Of the database: further ones, as "https://push.example.com https://push.example.org".
OTHER_SERVICES = "sercom_requests.push_services"


class MailPushDevice(models.Model):
    """Notices for browsers go to their makers only.

    The server calls whatever address a device was registered with, from inside the firm's network,
    and anybody with a login registers one.
    """

    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **kw):
        endpoint = kw.get("endpoint")
        is_known = self._verify_vapid_public_key(kw.get("vapid_public_key"))
        if is_known and endpoint and not self._is_push_service(endpoint):
            raise UserError(
                self.env._(
                    "%(address)s delivers no notices of a browser that Sercom knows. Ask your "
                    "administrator to add it to the system parameter %(parameter)s.",
                    address=endpoint,
                    parameter=OTHER_SERVICES,
                )
            )
        return super().register_devices(**kw)

    @api.model
    def _is_push_service(self, endpoint):
        """Whether an address belongs to the maker of a browser, or to who the firm says."""
        try:
            parts = urlsplit(str(endpoint))
            host = (parts.hostname or "").lower()
            is_plain = parts.port in (None, 443) and parts.username is None
        except ValueError:
            return False
        # sudo: a setting
        others = self.env["ir.config_parameter"].sudo().get_param(OTHER_SERVICES) or ""
        if f"{parts.scheme}://{parts.netloc}" in others.split():
            return True
        is_maker = any(host == one or host.endswith(f".{one}") for one in PUSH_SERVICES)
        return parts.scheme == "https" and is_plain and is_maker
