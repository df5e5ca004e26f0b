from odoo import api, fields, models

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

from ...tools.hours.figures import is_figure


class FsmOrder(models.Model):
    """Hours of the job: sold, planned, worked and left, and what they cost.

    Worked hours are those of the timesheets: of two people for three hours, six. Travel is
    apart. Who is clocked in counts from their clock-out on.
    """

    _inherit = "fsm.order"

    worked_hours = fields.Float(
        compute="_compute_worked_hours",
        store=True,
        compute_sudo=True,
        help="Hours worked on the job by all people together, travel apart.",
    )
    travel_hours = fields.Float(compute="_compute_worked_hours", store=True, compute_sudo=True)
    remaining_hours = fields.Float(
        compute="_compute_remaining_hours",
        store=True,
        help="Sold hours less worked hours; below zero when more was worked than sold.",
    )
    is_over_sold = fields.Boolean(
        "Over the Sold Hours",
        compute="_compute_remaining_hours",
        store=True,
        help="More hours were worked than sold.",
    )
    arrival_delay = fields.Float(
        compute="_compute_arrival_delay",
        store=True,
        aggregator="avg",
        help="Hours between the planned and the actual start; below zero when early.",
    )
    labour_cost = fields.Monetary(
        compute="_compute_labour_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="Cost of the hours worked and travelled, at each person's cost of that day.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:
            return True
        is_closed = operation == "write" and is_figure(field)
        return not is_closed and super()._has_field_access(field, operation)

    @api.depends("timesheet_ids.unit_amount", "timesheet_ids.work_type", "timesheet_ids.project_id")
    def _compute_worked_hours(self):
        groups = self.env["account.analytic.line"]._read_group(
            [("fsm_order_id", "in", self.ids), ("project_id", "!=", False)],
            ["fsm_order_id", "work_type"],
            ["unit_amount:sum"],
        )
        hours = {(job.id, work_type): total for job, work_type, total in groups}
        for job in self:
            kinds = {kind: total for (job_id, kind), total in hours.items() if job_id == job.id}
            job.travel_hours = kinds.pop("travel", 0.0)
            job.worked_hours = sum(kinds.values())

    @api.depends("worked_hours", "sold_hours")
    def _compute_remaining_hours(self):
        for job in self:
            job.remaining_hours = job.sold_hours - job.worked_hours
            job.is_over_sold = job.sold_hours > 0 and job.remaining_hours < -1 / 120

    @api.depends("date_start", "scheduled_date_start")
    def _compute_arrival_delay(self):
        for job in self:
            planned, actual = job.scheduled_date_start, job.date_start
            late = actual - planned if planned and actual else None
            job.arrival_delay = late.total_seconds() / 3600 if late else 0.0

    @api.depends("timesheet_ids.amount")
    def _compute_labour_cost(self):
        costs = self._origin._get_labour_costs()
        for job in self:
            job.labour_cost = costs.get(job._origin, 0.0)

    def _get_labour_costs(self):
        """Cost of each job's timesheets: ``{job: amount}``, in its company's currency."""
        groups = (
            self.env["account.analytic.line"]
            # sudo: a total of all; who may read it is in the field's groups
            .sudo()
            ._read_group(
                [("fsm_order_id", "in", self.ids), ("project_id", "!=", False)],
                ["fsm_order_id", "currency_id", "date:day"],
                ["amount:sum"],
            )
        )
        costs = {}
        for job, currency, day, amount in groups:
            company = job.company_id
            own = (currency or company.currency_id)._convert(
                -amount, company.currency_id, company, day
            )
            costs[job] = costs.get(job, 0.0) + own
        return costs

    @api.depends("timesheet_ids.amount")
    def _compute_margin(self):
        return super()._compute_margin()

    def _get_margin_costs(self):
        costs = super()._get_margin_costs()
        for job, amount in self._origin._get_labour_costs().items():
            costs.setdefault(job, {})["labour"] = amount
        return costs

    def _get_billing_line(self, work_type="work", lines=None, employee=None):
        """Line of the job's order that its hours of a kind are sold on; may be empty.

        Lines billed on timesheets come first, then those sold by the hour or the day, then the
        service that the job was made for, then other services. A flat fee that Odoo follows by
        timesheet, as it does by itself for a service paid in advance, is one of these last.
        Travel has none unless the company bills it.

        :param str work_type: ``work``, ``travel`` or ``other``
        :param lines: the job's order lines in sudo, where they were read for many jobs
        :param employee: whose hours they are, where it is known
        """
        self.ensure_one()
        if lines is None:
            # sudo: prices and orders are not the technician's to read
            lines = self.sudo().sale_line_ids
        lines = lines.filtered(
            lambda line: (
                not line.display_type
                and line.product_id.type == "service"
                and not line.is_downpayment
                and line.state != "cancel"
            )
        )
        if work_type == "travel" and not self.company_id.is_travel_billed:
            return lines.browse()
        if len(lines) < 2:
            return lines
        lines = self._filter_lines_of(lines, employee)
        hour = self.env["uom.uom"]._get_hour()
        return lines.sorted(
            lambda line: (
                line.product_id.service_type != "timesheet"
                or line.product_id.invoice_policy != "delivery",
                not line.product_uom_id._has_common_reference(hour),
                line != self.sale_line_id,
                line.product_id.field_service_tracking == "no",
                line.product_id.service_type != "timesheet",
                line.sequence,
                line.id,
            )
        )[:1]

    def _filter_lines_of(self, lines, employee):
        """Hook: those of these lines that the hours of a person may be sold on.

        :param lines: services of this one job, in sudo
        :param employee: whose hours they are; may be ``None``
        """
        return lines

    def _get_kept_reason(self):
        if self.sudo().timesheet_ids:  # sudo: whoever's hours they are
            return self.env._("Hours were worked on %s.", self.name)
        return super()._get_kept_reason()
