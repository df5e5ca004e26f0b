from odoo import api, models


class FsmLocation(models.Model):
    _inherit = "fsm.location"

    @api.model
    def _get_history_sources(self):
        sources = super()._get_history_sources()
        sources["job_count"]["link"] = "location_id"
        return sources
