from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _make_planned_jobs(self, plans):
        # One look at the checklists for all the jobs, in place of one for each.
        plans = [(job, lines.with_context(checklists_later=True)) for job, lines in plans]
        jobs = super()._make_planned_jobs(plans)
        ids = [line_id for _job, lines in plans for line_id in lines.ids]
        self.env["sale.order.line"].browse(ids)._update_job_checklists(set())
        return jobs

    def _takes_next_visits(self):
        """Hook: whether a next visit can go on this one order, which can still be added to."""
        return self.state == "sale" and not self._is_readonly()
