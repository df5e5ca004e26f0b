from odoo import models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def action_open_client_messages(self):
        """Open the list of what clients are written by itself."""
        return self.env["sercom.client.message"].action_open_list()
