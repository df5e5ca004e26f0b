from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.local_time import day_start, local_date

from .sercom_kpi_check import BY_JOB, Recount

DAY = timedelta(days=1)


class SercomKpiCheck(models.TransientModel):
    """The recounts. None of them uses the report's SQL."""

    _inherit = "sercom.kpi.check"

    @api.model
    def _get_recounts(self):
        timesheet = "account.analytic.line"
        return {
            **super()._get_recounts(),
            "capacity_hours": Recount("hr.employee", "_recount_capacity"),
            "planned_hours": Recount("sercom.assignment", "_recount_planned"),
            "sold_hours": Recount("fsm.order", "_recount_sold"),
            "worked_hours": Recount(timesheet, "_recount_worked"),
            "travel_hours": Recount(timesheet, "_recount_travel"),
            "billed_hours": Recount(timesheet, "_recount_billed"),
            "invoiced_hours": Recount(
                "account.move.line", "_recount_invoiced", told="_tell_invoiced"
            ),
            "labour_cost": Recount(timesheet, "_recount_labour"),
            "revenue": Recount("account.move.line", "_recount_revenue"),
            "credited_amount": Recount("account.move.line", "_recount_credited"),
            "margin": Recount("fsm.order", "_recount_margin", BY_JOB),
            "amount_to_invoice": Recount("sale.order.line", "_recount_to_invoice"),
            "done_count": Recount("fsm.order", "_recount_done"),
        }

    # Timesheets and the billing ledger

    def _get_timesheets(self, company, first, after):
        return self.env["account.analytic.line"].search(
            [
                ("company_id", "=", company.id),
                ("date", ">=", first),
                ("date", "<", after),
                ("fsm_order_id", "!=", False),
                ("project_id", "!=", False),
            ]
        )

    def _recount_worked(self, company, first, after):
        lines = self._get_timesheets(company, first, after)
        return {line.id: line.unit_amount for line in lines if line.work_type != "travel"}

    def _recount_travel(self, company, first, after):
        lines = self._get_timesheets(company, first, after)
        return {line.id: line.unit_amount for line in lines if line.work_type == "travel"}

    def _recount_labour(self, company, first, after):
        return {line.id: -line.amount for line in self._get_timesheets(company, first, after)}

    def _recount_billed(self, company, first, after):
        """From the rows of the billing ledger, not from what timesheets say of themselves."""
        lines = self._get_timesheets(company, first, after)
        sums = self.env["sercom.billing.entry"]._get_timesheet_sums(lines)
        return {line: billed for line, (billed, _waived) in sums.items()}

    # Planning

    def _recount_planned(self, company, first, after):
        blocks = self.env["sercom.assignment"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "cancelled"),
                *self._around("date_start", first, after),
            ]
        )
        zones = {person: person.tz or "UTC" for person in blocks.employee_id}
        return {
            block.id: block.planned_hours
            for block in blocks
            if first <= local_date(block.date_start, zones[block.employee_id]) < after
        }

    def _around(self, name, first, after):
        """Domain of moments that are between two dates in some time zone."""
        low, high = (fields.Datetime.to_datetime(day) for day in (first - DAY, after + DAY))
        return [(name, ">=", low), (name, "<", high)]

    def _recount_capacity(self, company, first, after):
        """From planning's own reckoning of working hours (``sercom.work.time``)."""
        Scheduler = self.env["sercom.scheduler"]
        workers = self.env["fsm.person"].with_context(active_test=False)
        ids = workers.search([("employee_id", "!=", False)]).employee_id.ids
        people = Scheduler._load_people(ids, company)
        Scheduler._load_work_times(people, first, after)
        bounds = self._get_bounds(people)
        capacity = {}
        for person in people.values():
            begin, end = bounds[person.id]
            capacity[person.id] = sum(
                hours
                for position, hours in enumerate(person.work.available)
                if begin <= first + position * DAY <= end
            )
        return capacity

    def _get_bounds(self, people):
        """First and last day on which each person counts: ``{employee id: (first, last)}``."""
        worked = {
            employee.id: (low, high)
            for employee, low, high in self.env["account.analytic.line"]._read_group(
                [("fsm_order_id", "!=", False), ("employee_id", "in", list(people))],
                ["employee_id"],
                ["date:min", "date:max"],
            )
        }
        ahead = fields.Date.context_today(self) + 92 * DAY
        bounds = {}
        Employee = self.env["hr.employee"].with_context(active_test=False)
        for employee in Employee.browse(people):
            versions = employee.version_ids.sorted("date_version")
            low, high = worked.get(employee.id, (None, None))
            begin = versions[:1].date_version or fields.Date.to_date("2000-01-01")
            if any(version.contract_date_start for version in versions):
                begin = min(version.contract_date_start or begin for version in versions)
            elif low:
                begin = min(begin, low)
            last = ahead
            if not (employee.active and employee.fsm_person_ids.filtered("active")):
                departures = [d for d in versions.mapped("departure_date") if d]
                last = max(departures) if departures else high or begin - DAY
            bounds[employee.id] = (begin, last)
        return bounds

    # Jobs

    def _get_zone(self, company):
        return company.partner_id.tz or company.resource_calendar_id.tz or "UTC"

    def _recount_sold(self, company, first, after):
        """From the order lines, in hours."""
        zone = self._get_zone(company)
        start, end = day_start(first, zone), day_start(after, zone)
        jobs = self.env["fsm.order"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "cancelled"),
                "|",
                "&",
                ("sale_id.date_order", ">=", start),
                ("sale_id.date_order", "<", end),
                "&",
                "&",
                ("sale_id", "=", False),
                ("create_date", ">=", start),
                ("create_date", "<", end),
            ]
        )
        hours = jobs.sale_line_ids._get_sold_hours()
        totals = defaultdict(float)
        for line, sold in hours.items():
            totals[line.fsm_order_id.id] += sold
        return dict(totals)

    def _recount_done(self, company, first, after):
        jobs = self.env["fsm.order"].search(
            [
                ("company_id", "=", company.id),
                ("stage_id.job_state", "=", "done"),
                *self._around("date_end", first, after),
            ]
        )
        zone = self._get_zone(company)
        return {job.id: 1 for job in jobs if first <= local_date(job.date_end, zone) < after}

    # Journal items

    def _get_journal_items(self, company, first, after, *domain):
        """What journal items add to the income accounts: ``{journal item id: amount}``."""
        accounts = self.env["account.account"].with_company(company)
        income = accounts.search([("account_type", "=", "income")])
        items = self.env["account.move.line"].search_fetch(
            [
                ("account_id", "in", income.ids),
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("date", ">=", first),
                ("date", "<", after),
                *domain,
            ],
            ["credit", "debit"],
        )
        return {item.id: item.credit - item.debit for item in items}

    def _recount_revenue(self, company, first, after):
        return self._get_journal_items(company, first, after)

    def _recount_credited(self, company, first, after):
        items = self._get_journal_items(
            company, first, after, ("move_id.move_type", "=", "out_refund")
        )
        return {item: -amount for item, amount in items.items()}
