from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import Fact
from .sercom_kpi_report import REVENUE_GROUPS

# Hours after the planned start that still are on time.
GRACE = 0.25


class SercomKpiReport(models.Model):
    """Jobs done: fixed at the first visit, on time, within their service level.

    All on the day the job ended. A return is an assignment that was made after somebody had been
    there, for a later day: a job planned over several days has none.
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "account.move": ["invoice_date", "move_type", "state"],
        "fsm.order": [
            "arrival_delay",
            "date_end",
            "date_start",
            "scheduled_date_start",
            "sla_deadline",
            "sla_first_visit_status",
            "state",
        ],
        "sercom.assignment": ["date_start", "fsm_order_id", "state"],
        "sercom.billing.entry": ["fate", "fsm_order_id", "quantity"],
    }

    kind = fields.Selection(selection_add=[("job", "Jobs Done")])
    done_count = fields.Integer("Jobs Done", readonly=True, help="Jobs that ended on that day.")
    return_count = fields.Integer(
        "Returns",
        readonly=True,
        help="Assignments of jobs done that were made after the first visit, for a later day.",
    )
    first_fix_count = fields.Integer(
        "Fixed First Time", readonly=True, help="Jobs done without a return."
    )
    callback_count = fields.Integer(
        "Call-backs", readonly=True, help="Jobs done of which hours are under warranty."
    )
    arrival_count = fields.Integer(
        "Arrivals", readonly=True, help="Jobs done that have a planned and an actual start."
    )
    arrival_delay = fields.Float(
        readonly=True, help="Hours from the planned to the actual start; below zero when early."
    )
    on_time_count = fields.Integer(
        "On Time",
        readonly=True,
        help="Arrivals no more than 15 minutes after the planned start.",
    )
    sla_visit_count = fields.Integer(
        "First Visits Promised",
        readonly=True,
        help="Jobs done with a deadline for the first visit.",
    )
    sla_visit_met_count = fields.Integer("First Visits in Time", readonly=True)
    sla_count = fields.Integer(
        "Completions Promised", readonly=True, help="Jobs done with a deadline for completion."
    )
    sla_met_count = fields.Integer("Completions in Time", readonly=True)
    invoice_days = fields.Integer(
        "Days Until Invoiced",
        readonly=True,
        groups=REVENUE_GROUPS,
        help="Days from the end of each job to its first posted invoice, of those that have one; "
        "none when it was invoiced before.",
    )
    invoiced_count = fields.Integer("Jobs Invoiced", readonly=True, groups=REVENUE_GROUPS)
    first_fix_rate = fields.Float(
        "First-time Fix (%)",
        readonly=True,
        aggregator="avg",
        help="Jobs done without a return ÷ jobs done, in percent.",
    )
    callback_rate = fields.Float(
        "Call-backs (%)",
        readonly=True,
        aggregator="avg",
        help="Jobs done of which hours are under warranty ÷ jobs done, in percent.",
    )
    on_time_rate = fields.Float(
        "On Time (%)",
        readonly=True,
        aggregator="avg",
        help="Arrivals on time ÷ arrivals, in percent.",
    )
    average_delay = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Hours from the planned to the actual start ÷ arrivals.",
    )
    sla_visit_rate = fields.Float(
        "First Visit in Time (%)",
        readonly=True,
        aggregator="avg",
        help="First visits within their service level ÷ jobs done that promise one, in percent.",
    )
    sla_rate = fields.Float(
        "Completed in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Completions within their service level ÷ jobs done that promise one, in percent.",
    )
    days_to_invoice = fields.Float(
        "Days to Invoice",
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Days until invoiced ÷ jobs invoiced, on the day the job ended.",
    )

    @api.model
    def _get_facts(self):
        is_met = SQL("job.date_start IS NOT NULL AND job.scheduled_date_start IS NOT NULL")
        day = self._get_local_date(SQL("job.date_end"))
        return {
            **super()._get_facts(),
            "job": Fact(
                8,
                "fsm.order",
                SQL("job.id"),
                {
                    **self._get_job_columns(),
                    "date": day,
                    **self._get_company_columns(SQL("job.company_id")),
                    "product_id": self._get_service_sql(),
                    "done_count": SQL("1"),
                    "return_count": SQL("again.visits"),
                    "first_fix_count": self._get_flag(SQL("again.visits = 0")),
                    "callback_count": self._get_flag(self._get_callback_sql()),
                    "arrival_count": self._get_flag(is_met),
                    "arrival_delay": SQL("CASE WHEN %s THEN job.arrival_delay END", is_met),
                    "on_time_count": self._get_flag(
                        SQL("%s AND job.arrival_delay <= %s", is_met, GRACE)
                    ),
                    "sla_visit_count": self._get_flag(
                        SQL("job.sla_first_visit_status IN ('met', 'missed')")
                    ),
                    "sla_visit_met_count": self._get_flag(
                        SQL("job.sla_first_visit_status = 'met'")
                    ),
                    "sla_count": self._get_flag(SQL("job.sla_deadline IS NOT NULL")),
                    "sla_met_count": self._get_flag(SQL("job.date_end <= job.sla_deadline")),
                    "invoice_days": SQL("GREATEST(0, invoiced.day - %s)", day),
                    "invoiced_count": self._get_flag(SQL("invoiced.day IS NOT NULL")),
                },
                SQL(
                    """fsm_order job
                    %s %s %s
                    WHERE job.state = 'done' AND job.date_end IS NOT NULL""",
                    self._get_company_join(SQL("job.company_id")),
                    self._get_returns_join(),
                    self._get_invoiced_join(),
                ),
            ),
        }

    @api.model
    def _get_returns_join(self):
        """Join of a job's returns, their number in ``visits``, as ``again``."""
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT COUNT(*) AS visits FROM sercom_assignment visit
                 WHERE visit.fsm_order_id = job.id
                   AND visit.state <> 'cancelled'
                   AND visit.create_date > job.date_start
                   AND %s > %s) again ON TRUE
            """,
            self._get_local_date(SQL("visit.date_start")),
            self._get_local_date(SQL("job.date_start")),
        )

    @api.model
    def _get_callback_sql(self):
        return SQL(
            """(SELECT SUM(entry.quantity) FROM sercom_billing_entry entry
                 WHERE entry.fsm_order_id = job.id AND entry.fate = 'warranty') > 0"""
        )

    @api.model
    def _get_invoiced_join(self):
        """Join of the ``day`` of a job's first posted invoice, as ``invoiced``."""
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT MIN(move.invoice_date) AS day
                  FROM fsm_order_account_move_line_rel link
                  JOIN account_move_line item ON item.id = link.account_move_line_id
                  JOIN account_move move ON move.id = item.move_id
                 WHERE link.fsm_order_id = job.id
                   AND move.state = 'posted' AND move.move_type = 'out_invoice'
                ) invoiced ON TRUE
            """
        )
