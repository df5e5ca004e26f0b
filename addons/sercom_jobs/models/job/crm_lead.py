from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    _inherit = "crm.lead"

    fsm_order_count = fields.Integer(compute_sudo=True)

    @api.depends("fsm_order_ids")
    def _compute_fsm_order_count(self):
        # OVERRIDE fieldservice_crm: one query for all, also for those who may not read jobs.
        counts = dict(
            self.env["fsm.order"]._read_group(
                [("opportunity_id", "in", self.ids)], ["opportunity_id"], ["__count"]
            )
        )
        for lead in self:
            lead.fsm_order_count = counts.get(lead._origin, 0)

    def action_convert_to_job(self):
        """Turn these requests into jobs: their open quote is confirmed, or an order opened.

        :return: window action of the jobs found or made
        :raises UserError: when a request has no client or no site
        """
        return self._convert("job")

    def _find_job(self):
        found = {}
        for lead in self:
            # sudo: seen or not by this user, a job made is not made again
            jobs = lead.sudo().fsm_order_ids.filtered(lambda job: job.state != "cancelled")
            if jobs:
                found[lead] = jobs.sudo(False)
        return found

    def _make_job(self):
        self._check_can_convert()
        self._check_can_make_job()
        orders = dict(self._find_quote())
        fresh = self.filtered(lambda lead: lead not in orders)
        if fresh:
            quotes = fresh._make_quote()
            # sudo: it follows from this button alone
            self.env["sale.order"].union(*quotes.values()).sudo().is_opened_by_job = True
            for lead, order in quotes.items():
                lead._after_quote_skipped(order)
            orders.update(quotes)
        jobs = self.env["sale.order"].union(*orders.values())._make_job()
        return {lead: jobs[order] for lead, order in orders.items()}

    def _after_quote_skipped(self, order):
        """Hook: ``order`` is made of this one request and its job at once, without a quote."""

    def _check_can_make_job(self):
        for lead in self:
            if not lead.fsm_location_id:
                raise UserError(
                    self.env._(
                        "%s has no site. Set where the work is done first.", lead.display_name
                    )
                )
