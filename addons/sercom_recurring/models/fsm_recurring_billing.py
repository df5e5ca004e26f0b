from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION

from ..tools.recurrence import get_period

PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class FsmRecurring(models.Model):
    """What visits are billed on: an order each, or one order by period that they share."""

    _inherit = "fsm.recurring"

    line_ids = fields.One2many(
        "sercom.recurring.line", "fsm_recurring_id", string="Products and Services", copy=True
    )
    billing_mode = fields.Selection(
        [
            ("visit", "Each visit"),
            ("period", "By period, for its visits"),
            ("fixed", "Fixed price by period"),
        ],
        string="Billed",
        default="visit",
        required=True,
        tracking=True,
        help="Each visit: every visit has its own order and invoice. By period: the visits of a "
        "month, quarter or year are lines of one order. Fixed price: the lines are sold once "
        "by period, however many visits it has.",
    )
    billing_period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        default="month",
        required=True,
        tracking=True,
    )
    period_order_ids = fields.One2many("sale.order", "fsm_recurring_id", string="Orders by Period")
    order_count = fields.Integer("Orders", compute="_compute_order_total", compute_sudo=True)

    @api.depends("fsm_order_ids.sale_id", "period_order_ids")
    def _compute_order_total(self):
        for recurring in self:
            recurring.order_count = len(
                recurring.fsm_order_ids.sale_id | recurring.period_order_ids
            )

    def _add_visit_lines(self, jobs):
        """Sell the lines of this one recurring job, in sudo, on its visits ``jobs``."""
        if self.billing_mode == "fixed":
            return
        self.env["sale.order.line"].create(
            [
                line._prepare_sale_line_vals(job.sale_id, job)
                for job in jobs
                for line in self.line_ids
            ]
        )

    def _join_period_orders(self, jobs):
        """Put visits of this one recurring job on the orders of the periods they were planned in,
        in sudo.

        An order is opened with its period's first visit.
        """
        for start, visits in jobs.grouped(self._get_period_start).items():
            order = self.period_order_ids.filtered(
                lambda order, start=start: (
                    order.recurring_period == start and order.state != "cancel"
                )
            )
            is_new = not order
            order = order or self._create_period_order(visits[0], start)
            visits.sale_id = order
            visits._fill_orders()
            if is_new:
                order.action_confirm()
                order.filtered("locked").action_unlock()

    def _get_period_start(self, job):
        return self._get_billing_period(job.recurrence_date or self._get_today())[0]

    def _get_billing_period(self, day):
        """First and last date of the billing period of this one recurring job ``day`` is in."""
        return get_period(day, PERIOD_MONTHS[self.billing_period])

    def _create_period_order(self, job, start):
        """Make the order of the period of ``job``, with its fixed price; it is not confirmed."""
        SaleOrder = self.env["sale.order"].with_company(self.company_id)
        order = SKIP_JOB_GENERATION(SaleOrder).create(self._prepare_period_order_vals(job, start))
        if self.billing_mode == "fixed" and not self._is_period_sold(start):
            self._add_period_lines(order)
        return order

    def _is_period_sold(self, start):
        """Whether a visit of the period is billed by an order of its own: it was made before
        the job became recurring, or before the price was fixed by period."""
        first, last = self._get_billing_period(start)
        return bool(
            self.fsm_order_ids.filtered(
                lambda job: (
                    job.recurrence_date
                    and first <= job.recurrence_date <= last
                    and job.state != "cancelled"
                    and job.sale_line_ids
                    and job.sale_id.state != "cancel"
                    and not job.sale_id.fsm_recurring_id
                )
            )
        )

    def _prepare_period_order_vals(self, job, start):
        return {
            **job._prepare_order_vals(),
            "origin": self.name,
            "fsm_recurring_id": self.id,
            "recurring_period": start,
            "request_early": False,
            "request_late": False,
        }

    def _add_period_lines(self, order):
        SKIP_JOB_GENERATION(self.env["sale.order.line"]).create(
            [line._prepare_sale_line_vals(order) for line in self.line_ids]
        )
