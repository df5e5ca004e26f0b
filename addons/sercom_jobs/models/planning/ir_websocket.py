from odoo import models


class IrWebsocket(models.AbstractModel):
    """The office listens to the boards of its companies."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        user = self.env.user
        if user.has_group("fieldservice.group_fsm_user"):
            channels.extend(map(user.company_id._get_board_channel, user.company_ids))
        return channels
