from odoo import api, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "sercom.only.site.mixin"]

    @api.onchange("partner_id")
    def _onchange_partner_only_site(self):
        # Who has one site only calls about it. Plain sales leads stay without.
        if self.is_service_request:
            self._fill_only_site("fsm_location_id")
