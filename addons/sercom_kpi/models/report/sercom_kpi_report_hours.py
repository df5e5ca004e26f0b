from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import Fact


class SercomKpiReport(models.Model):
    """Hours of jobs: sold, planned, worked, billable and billed.

    What became of hours (billed, waived, open) stands on the day they were worked, so that it
    can be compared with them.
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "account.analytic.line": [
            "amount",
            "approval_state",
            "billable_hours",
            "billed_hours",
            "company_id",
            "date",
            "employee_id",
            "fsm_order_id",
            "project_id",
            "so_line",
            "unit_amount",
            "waived_hours",
            "work_type",
        ],
        "fsm.order": ["sale_id", "sold_hours", "state"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["invoice_policy", "service_type"],
        "sale.order": ["date_order", "is_billed_as_sold"],
        "sale.order.line": [
            "effective_billing_policy",
            "order_id",
            "product_id",
            "qty_delivered_method",
        ],
        "sercom.assignment": [
            "company_id",
            "date_start",
            "employee_id",
            "fsm_order_id",
            "planned_hours",
            "state",
        ],
    }

    kind = fields.Selection(
        selection_add=[
            ("planned", "Planned Hours"),
            ("sold", "Sold Hours"),
            ("hours", "Hours Worked"),
        ]
    )
    planned_hours = fields.Float(
        "Planned",
        readonly=True,
        help="Hours of assignments that are not cancelled, on the day they start in the person's "
        "time zone. Two people for 3 hours are 6.",
    )
    sold_hours = fields.Float(
        "Sold",
        readonly=True,
        help="Hours of work sold on jobs that are not cancelled, on the day of their order.",
    )
    worked_hours = fields.Float(
        "Worked",
        readonly=True,
        help="Hours on timesheets of jobs, travel apart, on the day of the work.",
    )
    unapproved_hours = fields.Float(
        "Not Approved", readonly=True, help="Hours worked that nobody has approved yet."
    )
    travel_hours = fields.Float("Travel", readonly=True, help="Hours of travel to jobs.")
    billable_hours = fields.Float(
        "Billable",
        readonly=True,
        help="Hours on lines billed as worked, by the company's minimum and increment.",
    )
    billed_hours = fields.Float(
        "Billed",
        readonly=True,
        help="Of the hours worked on that day, those on invoices, less those credited.",
    )
    waived_hours = fields.Float(
        "Not Billed",
        readonly=True,
        help="Of the hours worked on that day, those written off, under warranty or absorbed.",
    )
    open_hours = fields.Float(
        "To Bill", readonly=True, help="Billable hours that are neither billed nor waived."
    )
    utilisation = fields.Float(
        "Utilisation (%)",
        readonly=True,
        aggregator="avg",
        help="Worked hours ÷ capacity (working hours less time off), in percent.",
    )
    realisation = fields.Float(
        "Realisation (%)",
        readonly=True,
        aggregator="avg",
        help="Billed hours ÷ worked hours, in percent. Hours of a fixed price are worked and "
        "never billed by the hour.",
    )

    @api.model
    def _get_facts(self):
        return {
            **super()._get_facts(),
            "planned": self._get_planned_fact(),
            "sold": self._get_sold_fact(),
            "hours": self._get_hours_fact(),
        }

    @api.model
    def _get_planned_fact(self):
        return Fact(
            2,
            "sercom.assignment",
            SQL("fact.id"),
            {
                **self._get_job_columns(),
                **self._get_person_columns(),
                "date": self._get_local_date(SQL("fact.date_start"), SQL("resource.tz")),
                **self._get_company_columns(SQL("fact.company_id")),
                "product_id": self._get_service_sql(),
                "planned_hours": SQL("fact.planned_hours"),
            },
            SQL(
                """sercom_assignment fact
                LEFT JOIN fsm_order job ON job.id = fact.fsm_order_id
                %s %s
                WHERE fact.state <> 'cancelled'""",
                self._get_person_join(SQL("fact.employee_id")),
                self._get_company_join(SQL("fact.company_id")),
            ),
        )

    @api.model
    def _get_sold_fact(self):
        return Fact(
            3,
            "fsm.order",
            SQL("job.id"),
            {
                **self._get_job_columns(),
                "date": self._get_local_date(SQL("COALESCE(sale.date_order, job.create_date)")),
                **self._get_company_columns(SQL("job.company_id")),
                "product_id": self._get_service_sql(),
                "sold_hours": SQL("job.sold_hours"),
            },
            SQL(
                """fsm_order job
                LEFT JOIN sale_order sale ON sale.id = job.sale_id
                %s
                WHERE job.state IS DISTINCT FROM 'cancelled' AND job.sold_hours <> 0""",
                self._get_company_join(SQL("job.company_id")),
            ),
        )

    @api.model
    def _get_hours_fact(self):
        is_travel = SQL("COALESCE(fact.work_type, 'work') = 'travel'")
        worked = SQL("CASE WHEN NOT %s THEN fact.unit_amount ELSE 0 END", is_travel)
        # As a line's ``_is_billed_by_hours``: hours of a fixed price wait for no bill.
        by_hours = SQL(
            """CASE WHEN sale.is_billed_as_sold THEN FALSE
                    WHEN sold.effective_billing_policy IS NOT NULL
                    THEN sold.effective_billing_policy <> 'sold'
                    ELSE sold.qty_delivered_method = 'timesheet'
                     AND template.invoice_policy = 'delivery'
                     AND template.service_type = 'timesheet' END"""
        )
        return Fact(
            4,
            "account.analytic.line",
            SQL("fact.id"),
            {
                **self._get_job_columns(),
                **self._get_person_columns(),
                "date": SQL("fact.date"),
                **self._get_company_columns(SQL("fact.company_id")),
                "product_id": SQL("COALESCE(sold.product_id, %s)", self._get_service_sql()),
                "worked_hours": worked,
                "unapproved_hours": SQL(
                    "CASE WHEN fact.approval_state = 'draft' THEN %s ELSE 0 END", worked
                ),
                "travel_hours": SQL("CASE WHEN %s THEN fact.unit_amount ELSE 0 END", is_travel),
                "billable_hours": SQL(
                    "CASE WHEN %s THEN COALESCE(fact.billable_hours, 0) ELSE 0 END", by_hours
                ),
                "billed_hours": SQL("COALESCE(fact.billed_hours, 0)"),
                "waived_hours": SQL("COALESCE(fact.waived_hours, 0)"),
                "open_hours": SQL(
                    "CASE WHEN %s THEN COALESCE(fact.billable_hours, 0)"
                    " - COALESCE(fact.billed_hours, 0) - COALESCE(fact.waived_hours, 0)"
                    " ELSE 0 END",
                    by_hours,
                ),
                "labour_cost": SQL("-fact.amount"),
            },
            SQL(
                """account_analytic_line fact
                JOIN fsm_order job ON job.id = fact.fsm_order_id
                LEFT JOIN sale_order_line sold ON sold.id = fact.so_line
                LEFT JOIN sale_order sale ON sale.id = sold.order_id
                LEFT JOIN product_product product ON product.id = sold.product_id
                LEFT JOIN product_template template ON template.id = product.product_tmpl_id
                %s %s
                WHERE fact.project_id IS NOT NULL""",
                self._get_person_join(SQL("fact.employee_id")),
                self._get_company_join(SQL("fact.company_id")),
            ),
        )
