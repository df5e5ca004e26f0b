from odoo import fields, models
from odoo.tools import SQL

# Jobs done within so many days are what the firm's overruns are learned from; how many at least.
DAYS_BACK = 365
FEWEST = 10


class ResCompany(models.Model):
    """What a firm's own jobs, people and targets teach about those that are open."""

    _inherit = "res.company"

    def _get_overruns(self):
        """Worked ÷ sold hours of the jobs done in a year: that of which one in five is below, and
        one in five above.

        :return: ``{company: (low, high)}``, of those with enough jobs
        """
        self.env["fsm.order"].flush_model(["sold_hours", "worked_hours", "state", "date_end"])
        since = fields.Date.subtract(fields.Date.context_today(self), days=DAYS_BACK)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT job.company_id,
                       PERCENTILE_CONT(ARRAY[0.2, 0.8]) WITHIN GROUP (
                           ORDER BY LEAST(4, job.worked_hours / job.sold_hours))
                  FROM fsm_order job
                 WHERE job.company_id = ANY(%s)
                   AND job.state = 'done'
                   AND job.date_end >= %s
                   AND job.sold_hours > 0
                   AND job.worked_hours > 0
              GROUP BY job.company_id
                HAVING COUNT(*) >= %s
                """,
                list(self.ids),
                since,
                FEWEST,
            )
        )
        return {self.browse(company): tuple(shares) for company, shares in rows}

    def _get_margin_floors(self):
        """Share of the revenue that each company aims to keep: ``{company: share}``."""
        targets = self.env["sercom.kpi.target"].search(
            [("company_id", "in", self.ids), ("measure", "=", "margin_rate")]
        )
        return {target.company_id: target.value / 100 for target in targets}

    def _get_worker_costs(self):
        """What an hour of a field service worker of each company costs on average."""
        workers = self.env["fsm.person"].search([("employee_id.company_id", "in", self.ids)])
        costs = {}
        for employee in workers.employee_id:
            if employee.hourly_cost:
                costs.setdefault(employee.company_id, []).append(employee.hourly_cost)
        return {company: sum(own) / len(own) for company, own in costs.items()}
