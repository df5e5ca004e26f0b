from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.onchange("partner_id")
    def _onchange_partner_only_site(self):
        # Who has one site only calls about it. Plain sales leads stay without.
        if self.is_service_request and not self.fsm_location_id:
            self.fsm_location_id = self.partner_id._get_only_site()
