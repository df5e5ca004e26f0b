from odoo import api, models


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    @api.onchange("partner_id")
    def _onchange_only_site(self):
        if not self.location_id:
            self.location_id = self.partner_id._get_only_site()
