from dataclasses import replace

from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import BILLING, DISPATCHER, MANAGER
from odoo.addons.sercom_requests.tools.home.tile import Tile

READY = [("is_ready_to_bill", "=", True)]


class SercomHome(models.AbstractModel):
    """What is ready to bill, for who bills; the dispatcher sees what is done and not billed."""

    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        tiles = [
            replace(tile, groups=(DISPATCHER,)) if tile.key == "jobs_to_bill" else tile
            for tile in super()._get_tiles()
        ]
        ready = Tile(
            "jobs_ready_to_bill",
            self.env._("Ready to Bill"),
            "billing",
            "fsm.order",
            READY,
            "sercom_billing.sercom_billing_action_ready",
            (BILLING, MANAGER),
            tone="warning",
        )
        return [*tiles, ready]
