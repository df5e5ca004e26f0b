from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_convert_to_job(self):
        """Turn these requests into jobs: their open quote is confirmed, or an order opened.

        :return: window action of the jobs found or made
        :raises UserError: when a request has no client or no site
        """
        return self._convert("job")

    def _find_job(self):
        found = {}
        for lead in self:
            jobs = lead.fsm_order_ids.filtered(lambda job: job.state != "cancelled")
            if jobs:
                found[lead] = jobs
        return found

    def _make_job(self):
        self._check_can_make_job()
        orders = dict(self._find_quote())
        fresh = self.filtered(lambda lead: lead not in orders)
        if fresh:
            orders.update(fresh._make_quote())
        jobs = self.env["sale.order"].union(*orders.values())._make_job()
        return {lead: jobs[order] for lead, order in orders.items()}

    def _check_can_make_job(self):
        for lead in self:
            if not lead.fsm_location_id:
                raise UserError(
                    self.env._(
                        "%s has no site. Set where the work is done first.", lead.display_name
                    )
                )
