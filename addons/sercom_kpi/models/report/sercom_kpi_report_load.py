from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import Fact


class SercomKpiReport(models.Model):
    """Load ahead: what is planned, and sold and not planned yet, against capacity.

    What is not planned yet is due by the day the client wants it at the latest, and today where
    that has passed or nobody said.
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "fsm.order": [
            "planned_hours",
            "request_early",
            "request_late",
            "sold_hours",
            "state",
            "worked_hours",
        ],
    }

    kind = fields.Selection(selection_add=[("unplanned", "Sold, Not Planned Yet")])
    unplanned_hours = fields.Float(
        "Not Planned Yet",
        readonly=True,
        help="Hours: of open jobs, those sold and neither planned nor worked, on the day by which "
        "the client wants them, today at the earliest.",
    )
    demand_hours = fields.Float(
        "Demand", readonly=True, help="Hours planned, and those sold and not planned yet."
    )
    load_rate = fields.Float(
        "Load (%)",
        readonly=True,
        aggregator="avg",
        help="Demand (planned hours, and those sold and not planned yet) ÷ capacity, in percent.",
    )

    @api.model
    def _get_facts(self):
        return {**super()._get_facts(), "unplanned": self._get_unplanned_fact()}

    @api.model
    def _get_planned_fact(self):
        fact = super()._get_planned_fact()
        columns = {**fact.columns, "demand_hours": fact.columns["planned_hours"]}
        return fact._replace(columns=columns)

    @api.model
    def _get_unplanned_fact(self):
        settled = SQL("GREATEST(COALESCE(job.planned_hours, 0), COALESCE(job.worked_hours, 0))")
        hours = SQL("job.sold_hours - %s", settled)
        wanted = self._get_local_date(SQL("COALESCE(job.request_late, job.request_early)"))
        return Fact(
            13,
            "fsm.order",
            SQL("job.id"),
            {
                **self._get_job_columns(),
                **self._get_company_columns(SQL("job.company_id")),
                "date": SQL("GREATEST(%s, %s)", fields.Date.context_today(self), wanted),
                # Whose work it is as long as nobody is planned: so a team's load is told whole.
                "person_team_id": SQL("job.team_id"),
                "product_id": self._get_service_sql(),
                "unplanned_hours": hours,
                "demand_hours": hours,
            },
            SQL(
                """fsm_order job
                %s
                WHERE job.state NOT IN ('done', 'cancelled') AND job.sold_hours > %s""",
                self._get_company_join(SQL("job.company_id")),
                settled,
            ),
        )
