from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        # web_leaflet_lib's parameter says "False" as long as nobody has chosen a service.
        if info.get("leaflet.tile_url") == "False":
            info["leaflet.tile_url"] = ""
        return info
