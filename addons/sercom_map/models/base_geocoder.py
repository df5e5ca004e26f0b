from odoo import api, models
from odoo.exceptions import UserError


class BaseGeocoder(models.AbstractModel):
    """An address is sent to a geolocation service only when the firm has agreed to it."""

    _inherit = "base.geocoder"

    @api.model
    def geo_find(self, addr, **kw):
        # sudo: whether the firm agreed is nobody's secret
        agreed = self.env["ir.config_parameter"].sudo().get_param("sercom_map.geocoding")
        if not agreed:
            raise UserError(
                self.env._(
                    "“%s” is not looked up: that would send the address to another firm. Type the "
                    "latitude and the longitude, or let an administrator allow it in Settings, "
                    "Map.",
                    addr,
                )
            )
        return super().geo_find(addr, **kw)
