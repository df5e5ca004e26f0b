from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER
from odoo.addons.sercom_requests.tools.home.tile import Tile


class SercomHome(models.AbstractModel):
    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        return [
            *super()._get_tiles(),
            Tile(
                "parts_short",
                self.env._("Parts short"),
                "parts",
                "sercom.job.part",
                [("qty_short", ">", 0)],
                "sercom_parts.sercom_job_part_action",
                (DISPATCHER,),
                tone="warning",
            ),
        ]
