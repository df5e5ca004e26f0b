from odoo import models

from .sale_order_line import CHECKLISTS_LATER


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _make_planned_jobs(self, plans):
        # One look at the checklists for all the jobs, in place of one for each.
        plans = [(job, CHECKLISTS_LATER(lines)) for job, lines in plans]
        jobs = super()._make_planned_jobs(plans)
        ids = [line_id for _job, lines in plans for line_id in lines.ids]
        self.env["sale.order.line"].browse(ids)._update_job_checklists(set())
        return jobs
