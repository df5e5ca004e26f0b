from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """An address is sent to a geolocation service only when the firm has agreed to it."""

    _inherit = "res.partner"

    def geo_localize(self):
        # sudo: whether the firm agreed is nobody's secret
        agreed = self.env["ir.config_parameter"].sudo().get_param("sercom_map.geocoding")
        if not agreed:
            raise UserError(
                self.env._(
                    "The address of %s is not looked up: that would send it to another firm. "
                    "Type the latitude and the longitude, or let an administrator allow it in "
                    "Settings, Map.",
                    ", ".join(self[:3].mapped("display_name")),
                )
            )
        return super().geo_localize()
