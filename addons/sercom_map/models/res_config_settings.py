from odoo import api, fields, models

TILE_URL = "leaflet.tile_url"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sercom_map_tile_url = fields.Char(
        "Map Service",
        config_parameter=TILE_URL,
        help="Where browsers fetch the pictures of the map. It learns which areas are looked at, "
        "not the addresses. Empty: nobody is asked, and sites are shown on an empty sheet.",
    )
    sercom_map_geocoding = fields.Boolean(
        "Look Up Addresses",
        config_parameter="sercom_map.geocoding",
        help="Lets the office send the addresses of sites and clients to the geolocation service, "
        "to find where they are.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # web_leaflet_lib's parameter says "False" as long as nobody has chosen a service.
        if values.get("sercom_map_tile_url") == "False":
            values["sercom_map_tile_url"] = False
        return values
