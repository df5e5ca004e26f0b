from odoo import api, models

ENRICHMENT = "crm.iap.lead.enrich.setting"


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _enrich_on_demand_only(self):
        """Let no address of a request leave the firm by itself; what the firm chose stays."""
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: at the installation
        if not parameters.get_param(ENRICHMENT):
            parameters.set_param(ENRICHMENT, "manual")
