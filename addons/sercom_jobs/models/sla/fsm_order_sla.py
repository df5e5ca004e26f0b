from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.sla.sla_clock import OPEN_STATUSES, get_status, get_worst
from ..job.fsm_order import CLOSED_STATES

SLA_STATUSES = [
    ("on_track", "On Track"),
    ("at_risk", "At Risk"),
    ("late", "Late"),
    ("met", "Met"),
    ("missed", "Missed"),
]
LONGEST = timedelta(days=3 * 366)  # a target that takes longer has no deadline


class FsmOrder(models.Model):
    """The service level of a job: deadlines in working hours, and how it stands.

    How it works: ``sla_start`` is noted when the job is made: the moment the client asked (their
    request where no quote stood in between, else the confirmation of the quote, else the job's
    own creation), or the start of the time window they wish when that lies ahead. From there the
    deadlines are reckoned when something they depend on changes. Time alone changes a status in
    one direction only: ``sla_at_risk_on`` and ``sla_late_on`` keep the instants, so that searches
    are right at any moment and the cron (see ``fsm_order_sla_alert.py``) only compares dates.

    While the client is waited for, what the clock has not reached yet has no date.
    """

    _name = "fsm.order"
    _inherit = ["fsm.order", "sercom.sla.mixin"]

    sla_start = fields.Datetime(
        "Clock Starts",
        copy=False,
        tracking=True,
        help="When the client asked, or the start of the time window they wish.",
    )
    sla_first_visit_deadline = fields.Datetime(
        "First Visit Before", compute="_compute_sla_deadlines", store=True, index="btree_not_null"
    )
    sla_deadline = fields.Datetime(
        "Completed Before", compute="_compute_sla_deadlines", store=True, index="btree_not_null"
    )
    sla_first_visit_risk_on = fields.Datetime(
        "First Visit at Risk From", compute="_compute_sla_deadlines", store=True
    )
    sla_risk_on = fields.Datetime(
        "Completion at Risk From", compute="_compute_sla_deadlines", store=True
    )
    sla_first_visit_status = fields.Selection(
        SLA_STATUSES,
        "First Visit",
        compute="_compute_sla_status",
        search="_search_sla_first_visit_status",
        store=True,
    )
    sla_status = fields.Selection(
        SLA_STATUSES,
        "Service Level Status",
        compute="_compute_sla_status",
        search="_search_sla_status",
        store=True,
        index=True,
        help="The worst of the targets that are still open, or of all of them once the job is "
        "done.",
    )
    sla_at_risk_on = fields.Datetime(
        "At Risk From", compute="_compute_sla_status", store=True, index="btree_not_null"
    )
    sla_late_on = fields.Datetime(
        "Late From", compute="_compute_sla_status", store=True, index="btree_not_null"
    )
    sla_remaining = fields.Char("Time Left", compute="_compute_sla_remaining", compute_sudo=True)

    # Policy

    @api.depends(
        "sale_id.sla_policy_id",
        "priority",
        "partner_id",
        "company_id",
        "sale_line_ids.product_id",
    )
    def _compute_sla_policy_id(self):
        return super()._compute_sla_policy_id()

    def _is_sla_open(self):
        return self.state not in CLOSED_STATES

    def _get_fitting_policies(self):
        # What the quote promised stays promised, whatever the job turns out to be.
        # sudo: what was promised counts, for who reads no orders
        promised = {job: policy for job in self if (policy := job.sudo().sale_id.sla_policy_id)}
        others = self.filtered(lambda job: job not in promised)
        return {**promised, **super(FsmOrder, others)._get_fitting_policies()}

    def _get_sla_need(self):
        return self._prepare_sla_need(
            self.partner_id,
            self.sale_line_ids.product_id,
            priority=self.priority or "0",
        )

    # Deadlines

    @api.depends("sla_policy_id", "sla_start", "sla_pause_ids.date_start", "sla_pause_ids.date_end")
    def _compute_sla_deadlines(self):
        timed = self.filtered(lambda job: job.sla_policy_id and job.sla_start)
        for job in self:
            job.update(dict.fromkeys(self._get_sla_date_fields(), False))
        by_clock = timed.grouped(lambda job: (job._get_sla_calendar(), job.company_id))
        for (calendar, company), jobs in by_clock.items():
            starts = jobs.mapped("sla_start")
            step = timedelta(days=60)
            # A job that the known hours do not hold is asked again with more of them.
            while jobs and step <= LONGEST:
                clock = calendar._get_sla_clock(company, min(starts), max(starts) + step)
                jobs = jobs.filtered(lambda job, clock=clock: not job._set_sla_deadlines(clock))
                step *= 4

    @api.model
    def _get_sla_date_fields(self):
        return (
            "sla_first_visit_risk_on",
            "sla_first_visit_deadline",
            "sla_risk_on",
            "sla_deadline",
        )

    def _get_sla_calendar(self):
        self.ensure_one()
        return self.sla_policy_id.calendar_id or self.company_id.resource_calendar_id

    def _get_sla_hours(self):
        """Working hours to each of ``_get_sla_date_fields`` of this one job; 0 for no target."""
        self.ensure_one()
        policy = self.sla_policy_id
        share = policy.at_risk_share
        visit, completion = policy.first_visit_hours, policy.completion_hours
        return (visit * share, visit, completion * share, completion)

    def _set_sla_deadlines(self, clock):
        """Set the dates of this one job from a clock.

        :return: whether the clock knew enough hours for all of them
        """
        pauses = self._get_sla_spans()
        dates = {
            name: clock.get_deadline(self.sla_start, hours, pauses) if hours else None
            for name, hours in zip(self._get_sla_date_fields(), self._get_sla_hours(), strict=True)
        }
        self.update({name: date or False for name, date in dates.items()})
        unknown = any(
            hours and not dates[name]
            for name, hours in zip(self._get_sla_date_fields(), self._get_sla_hours(), strict=True)
        )
        return self.is_waiting_for_client or not unknown

    # Status

    @api.depends(
        "sla_policy_id",
        "sla_first_visit_risk_on",
        "sla_first_visit_deadline",
        "sla_risk_on",
        "sla_deadline",
        "sla_start",
        "date_start",
        "date_end",
        "state",
    )
    def _compute_sla_status(self):
        now = fields.Datetime.now()
        for job in self:
            targets = job._get_sla_targets()
            statuses = {name: get_status(*dates, now) for name, dates in targets.items()}
            still_open = [dates for dates in targets.values() if not dates[2]]
            job.sla_first_visit_status = statuses.get("first_visit", False)
            job.sla_status = get_worst(statuses.values()) or False
            job.sla_at_risk_on = min((d[1] for d in still_open if d[1]), default=False)
            job.sla_late_on = min((d[0] for d in still_open if d[0]), default=False)

    def _get_sla_targets(self):
        """Targets of this one job, none when it is cancelled.

        :return: ``{name: (deadline, at risk from, done at)}``
        """
        self.ensure_one()
        policy = self.sla_policy_id
        if not policy or not self.sla_start or self.state == "cancelled":
            return {}
        done_at = self.state == "done" and (self.date_end or self.sla_stopped_on)
        visit = self.date_start or done_at
        targets = {}
        if policy.first_visit_hours:
            dates = self.sla_first_visit_deadline, self.sla_first_visit_risk_on
            targets["first_visit"] = (*dates, visit)
        if policy.completion_hours:
            targets["completion"] = (self.sla_deadline, self.sla_risk_on, done_at)
        return targets

    @api.model
    def _search_sla_status(self, operator, value):
        return self._search_status_now(
            "sla_status", "sla_at_risk_on", "sla_late_on", value, operator
        )

    @api.model
    def _search_sla_first_visit_status(self, operator, value):
        return self._search_status_now(
            "sla_first_visit_status",
            "sla_first_visit_risk_on",
            "sla_first_visit_deadline",
            value,
            operator,
        )

    @api.model
    def _search_status_now(self, name, risk_name, late_name, value, operator):
        """Jobs whose status is one of ``value`` now, whenever the cron wrote it last."""
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        values = (*filter(None, value), "")
        # Time alone leads from on track to at risk to late.
        stored = OPEN_STATUSES if set(values) & set(OPEN_STATUSES) else ()
        stored = (*stored, *values)

        def to_sql(model, alias, query):
            status, risk, late = (
                model._field_to_sql(alias, field, query) for field in (name, risk_name, late_name)
            )
            told = SQL(
                "CASE WHEN %(status)s NOT IN ('on_track', 'at_risk') THEN %(status)s"
                " WHEN %(late)s < %(now)s THEN 'late'"
                " WHEN %(risk)s <= %(now)s THEN 'at_risk' ELSE %(status)s END",
                status=status,
                late=late,
                risk=risk,
                now=now,
            )
            # The first condition says the same, and has an index.
            conditions = [SQL("(%s IN %s AND %s IN %s)", status, stored, told, values)]
            if False in value:
                conditions.append(SQL("%s IS NULL", status))
            return SQL("(%s)", SQL(" OR ").join(conditions))

        return Domain.custom(to_sql=to_sql, predicate=lambda job: job[name] in value)

    @api.depends("sla_late_on", "is_waiting_for_client", "sla_status")
    def _compute_sla_remaining(self):
        self.sla_remaining = False
        now = fields.Datetime.now()
        running = self.filtered(lambda job: job.sla_late_on and job.sla_status in OPEN_STATUSES)
        by_clock = running.grouped(lambda job: (job._get_sla_calendar(), job.company_id))
        for (calendar, company), jobs in by_clock.items():
            dates = [now, *jobs.mapped("sla_late_on")]
            clock = calendar._get_sla_clock(company, min(dates), max(dates) + timedelta(seconds=1))
            for job in jobs:
                late = job.sla_late_on < now
                first, last = sorted((now, job.sla_late_on))
                hours, rest = divmod(round(clock.get_worked(first, last).total_seconds() / 60), 60)
                time = f"{hours}:{rest:02}"
                job.sla_remaining = (
                    self.env._("%s working hours late", time)
                    if late
                    else self.env._("%s working hours left", time)
                )

    @api.model
    def _recompute_sla(self, domain):
        """Reckon the deadlines of the open jobs of ``domain`` anew; those closed keep theirs."""
        # sudo: deadlines are the job's, whoever changes hours or holidays
        jobs = self.sudo().search(
            Domain("state", "not in", CLOSED_STATES) & Domain("sla_policy_id", "!=", False) & domain
        )
        jobs.modified(["sla_start"])

    # Changes

    @api.model
    def _complete_new_vals(self, vals_list):
        vals_list = super()._complete_new_vals(vals_list)
        self._set_sla_starts(vals_list)
        return vals_list

    @api.model
    def _set_sla_starts(self, vals_list):
        """Note when the clock of new jobs starts; one more job of an old order is asked now."""
        now = fields.Datetime.now()
        orders = (
            self.env["sale.order"]
            .sudo()  # sudo: who makes a job may not read its order
            .browse({vals["sale_id"] for vals in vals_list if vals.get("sale_id")})
        )
        served = orders.filtered("fsm_order_ids")
        for vals in vals_list:
            if vals.get("sla_start"):
                continue
            order = orders.browse(vals.get("sale_id") or [])
            quoted = order and self._is_asked_by_order(vals)
            wish = order.request_early if quoted else vals.get("request_early")
            wish = fields.Datetime.to_datetime(wish) or now
            asked = order._get_sla_start() if quoted and order not in served else now
            vals["sla_start"] = wish if wish > now else asked

    @api.model
    def _is_asked_by_order(self, vals):
        """Hook: whether the client of a new job waits since its order, and not only for its day."""
        return True

    def _check_is_dispatcher(self):
        if not (self.env.su or self.env.user.has_group("fieldservice.group_fsm_dispatcher")):
            raise AccessError(self._get_sla_refusal())

    def _get_sla_refusal(self):
        return self.env._(
            "Only a dispatcher changes the service level of %s. Ask the office.",
            self._get_told_name(),
        )
