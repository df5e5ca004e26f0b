from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION, Sentinel

from ...tools.job.line_jobs import ORDER, assign_lines
from .fsm_order_schedule import ORDER_MOVES_JOBS

# Ids of the jobs that are invoiced; none said, all of an order's are.
INVOICED_JOBS = Sentinel("invoiced_jobs")


class SaleOrder(models.Model):
    """The commercial record of every job: what was sold, and what is billed."""

    _inherit = "sale.order"

    # fieldservice_sale searches these for each order; a real relation is read for all at once.
    fsm_order_ids = fields.One2many("fsm.order", "sale_id", string="Jobs", groups="base.group_user")
    fsm_order_count = fields.Integer(compute_sudo=True)  # counted whoever may open them

    @api.depends("fsm_order_ids")
    def _compute_fsm_order_ids(self):
        for order in self:
            order.fsm_order_count = len(order.fsm_order_ids)

    def write(self, vals):
        self._before_change(vals)
        if "commitment_date" not in vals:
            return super().write(vals)
        # fieldservice_sale then moves the start of every job, even of those done.
        promised = ORDER_MOVES_JOBS(self)
        res = super(SaleOrder, promised).write(vals)
        # sudo: jobs follow what the client was promised, whoever sells
        jobs = self.sudo().fsm_order_ids._get_following_promise()
        for order, own in jobs.grouped("sale_id").items():
            own.scheduled_date_start = order.commitment_date or order.expected_date
        return res

    def _before_change(self, vals):
        """Hook: called once before these orders are written; refuses what may not be.

        :param dict vals: values about to be written
        """
        if vals.get("state") == "cancel":
            self._check_may_cancel_jobs()  # the button is not the only way there

    # Confirmation

    def action_confirm(self):
        if not SKIP_JOB_GENERATION.get(self):
            self._check_has_site()
        return super().action_confirm()

    def _check_has_site(self):
        for order in self.filtered(lambda order: not order.fsm_location_id):
            if any(line._is_field_service() for line in order.order_line):
                raise ValidationError(
                    self.env._(
                        "%s has no site. Set where the work is done before confirming it.",
                        order.name,
                    )
                )

    def _field_service_generation(self):
        """Make the jobs of all the orders of the set at once.

        Services tracked by order share one job, services tracked by line have their own, and
        parts or travel go with the service line above them.

        :return: the jobs made
        """
        # OVERRIDE fieldservice_sale, which handles one order at a time and needs the
        # salesperson to be a field service user.
        if SKIP_JOB_GENERATION.get(self):
            return super()._field_service_generation()
        # sudo: jobs follow what is sold, whoever confirms; the client may, who reads no jobs
        orders = self.sudo()
        hours = orders.order_line._get_sold_hours()
        plans = [plan for order in orders for plan in order._plan_jobs(hours)]
        return orders._make_planned_jobs(plans)

    def _plan_jobs(self, hours):
        """Hook: jobs that this one order, in sudo, still needs.

        :param dict hours: hours that each line sells
        :return: list of ``(job values or existing job, lines)``
        """
        self.ensure_one()
        live = self._get_live_jobs()
        lines = self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        if not live and not any(line._is_field_service() for line in lines):
            return []
        keys = assign_lines(
            [
                (line, line.product_id.field_service_tracking, line.fsm_order_id & live)
                for line in lines.sorted("sequence")
            ],
            order_job=live.filtered(lambda job: not job.sale_line_id)[:1],
        )
        plans = []
        for key, members in keys.items():
            group = lines.browse().concat(*members)
            fresh = group.filtered(lambda line: line.fsm_order_id not in live)
            if key is ORDER:
                plans.append((self._prepare_order_job_vals(group, hours), group))
            elif key._name == "sale.order.line":
                vals = self._prepare_line_fsm_values(key)
                vals["scheduled_duration"] = vals["scheduled_duration"] or sum(
                    hours[line] for line in group
                )
                plans.append((vals, group))
            elif fresh:
                plans.append((key, fresh))
        return plans

    def _get_live_jobs(self):
        """Jobs of this order that are not cancelled."""
        # sudo: a job that one may not see is there all the same
        return self.sudo().fsm_order_ids.filtered(lambda job: job.state != "cancelled")

    def _prepare_order_job_vals(self, lines, hours):
        """Values of the one job of this order, for these of its lines.

        It is planned for the hours sold, unless a job template says how long.
        """
        vals = self._prepare_fsm_values(
            so_id=self.id, template_ids=lines.product_id.fsm_order_template_id.ids
        )
        sold = sum(hours[line] for line in lines)
        return {**vals, "scheduled_duration": vals["scheduled_duration"] or sold}

    def _make_planned_jobs(self, plans):
        """Hook: make what ``_plan_jobs`` of these orders, in sudo, answered; once for the set.

        :return: the jobs made, in sudo
        """
        new = [(vals, lines) for vals, lines in plans if isinstance(vals, dict)]
        jobs = self.env["fsm.order"].create([vals for vals, _lines in new])
        links = [*zip(jobs, (lines for _vals, lines in new), strict=True)]
        links += [(job, lines) for job, lines in plans if not isinstance(job, dict)]
        for job, lines in links:
            lines.fsm_order_id = job
        self._log_jobs(jobs)
        return jobs

    def _log_jobs(self, jobs):
        """Tell the chatters of orders and jobs about each other, in two queries."""
        if not jobs:
            return
        jobs._message_log_batch(
            {job.id: self.env._("Made from %s.", job.sale_id._get_html_link()) for job in jobs}
        )
        orders = jobs.sale_id
        orders._message_log_batch(
            {
                order.id: self.env._(
                    "Jobs made: %s",
                    Markup(", ").join(job._get_html_link() for job in jobs if job.sale_id == order),
                )
                for order in orders
            }
        )

    def _prepare_fsm_values(self, **kwargs):
        vals = super()._prepare_fsm_values(**kwargs)
        lead = self.opportunity_id
        vals.update(
            {
                "partner_id": self.partner_id.id,
                "service_file_id": self.service_file_id.id,
                "opportunity_id": lead.id,
                "priority": lead.priority or "0",
                "scheduled_date_start": self.commitment_date,
                "description": self.scope,
            }
        )
        # What the client wished, also when it is nothing: any time is no window to be outside of.
        vals["request_early"] = self.request_early
        vals["request_late"] = self.request_late
        if self.service_notes:
            vals["todo"] = self.service_notes + (vals["todo"] or "")
        return vals

    def _drop_if_empty(self):
        """Delete the orders of the set that never got a line."""
        empty = self.filtered(lambda order: not order.order_line)
        empty._action_cancel()
        empty.unlink()

    # Quote → Job

    def action_convert_to_job(self):
        """Turn these orders into jobs; a quote is confirmed first.

        :return: window action of the jobs found or made
        :raises UserError: when an order has no site, or is lost
        """
        return self._convert("job")

    def action_new_job(self):
        """Make one more job for this order, whatever jobs it already has."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_make_job()
        order = self.sudo()  # sudo: who sells an order writes no job by hand
        vals = order._prepare_fsm_values(so_id=order.id)
        jobs = order._make_planned_jobs([(vals, order.order_line[:0])])
        return window_action(jobs.sudo(False))

    def _find_job(self):
        return {order: jobs for order in self if (jobs := order._get_live_jobs().sudo(False))}

    def _make_job(self):
        """Confirm the quotes of the set and give every order its jobs."""
        self._check_can_make_job()
        quotes = self.filtered(lambda order: order.state in ("draft", "sent"))
        if quotes:
            quotes.action_confirm()
        self._field_service_generation()
        plans = []
        # sudo: who sells an order writes no job by hand, nor makes again one that they do not see
        orders = self.sudo()
        for order in orders.filtered(lambda order: not order._get_live_jobs()):
            lines = order.order_line.filtered(
                lambda line: not line.display_type and not line.is_downpayment
            )
            plans.append((order._prepare_order_job_vals(lines, lines._get_sold_hours()), lines))
        orders._make_planned_jobs(plans)
        return self._find_job()

    def _check_can_make_job(self):
        for order in self:
            if order.state == "cancel":
                raise UserError(
                    self.env._("%s is lost. Set it back to quotation first.", order.name)
                )
            if not order.fsm_location_id:
                raise UserError(
                    self.env._("%s has no site. Set where the work is done first.", order.name)
                )

    # Invoicing job by job

    def _get_invoiceable_lines(self, final=False):
        lines = super()._get_invoiceable_lines(final)
        job_ids = INVOICED_JOBS.get(self)
        if job_ids is None:
            return lines
        own = lines.filtered(lambda line: line.fsm_order_id.id in job_ids)
        others = lines.filtered(
            lambda line: line.fsm_order_id and line.fsm_order_id.id not in job_ids
        )
        unfinished = self._get_live_jobs().filtered(
            lambda job: job.id not in job_ids and not job.is_closed
        )
        # A deposit is deducted once, on the order's last invoice.
        last = not others and not unfinished
        return lines.filtered(
            lambda line: (
                line in own
                or (line.is_downpayment and last)
                or (line.display_type and self._is_title_of(line, own))
            )
        )

    def _is_title_of(self, title, lines):
        """Whether a section, subsection or note stands above one of ``lines``."""
        parents = lines.mapped("parent_id")
        return title in parents or title in parents.mapped("parent_id")
