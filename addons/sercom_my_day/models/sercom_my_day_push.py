from odoo import api, models


class SercomMyDay(models.AbstractModel):
    """Phones that may ring: see the notices of ``sercom.assignment``."""

    _inherit = "sercom.my.day"

    @api.model
    def register_phone(self, endpoint, keys):
        """Let this phone ring for the user, who allowed it.

        :param str endpoint: address at the service of the browser's maker
        :param dict keys: the browser's, ``p256dh`` and ``auth``
        :return: whether it may; not where the database has no key
        """
        self._check_user()
        key = self.env["sercom.assignment"]._get_push_key()
        if key:
            self.env["mail.push.device"].register_devices(
                endpoint=str(endpoint), keys=keys, vapid_public_key=key
            )
        return bool(key)

    @api.model
    def unregister_phone(self, endpoint):
        """This phone rings no more for the user: they sign out of it."""
        self._check_user()
        domain = [
            ("endpoint", "=", str(endpoint)),
            ("partner_id", "=", self.env.user.partner_id.id),
        ]
        # sudo: the user's own phone
        self.env["mail.push.device"].sudo().search(domain).unlink()
