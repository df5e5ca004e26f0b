from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER
from odoo.addons.sercom_requests.tools.home.tile import Tile


class SercomHome(models.AbstractModel):
    """Work that phones sent too late for its job."""

    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        return [
            *super()._get_tiles(),
            Tile(
                "phone_work_to_decide",
                self.env._("Phone work to decide"),
                "jobs",
                "sercom.phone.action",
                [("state", "=", "proposed")],
                "sercom_my_day.sercom_phone_action_action",
                (DISPATCHER,),
                tone="warning",
            ),
        ]
