from datetime import datetime, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.date_utils import end_of

from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION
from odoo.addons.sercom_requests.tools.history import silently
from odoo.addons.sercom_requests.tools.local_time import to_local, to_utc

from ..tools.recurrence import pair_days
from .fsm_recurring import LAST_MINUTE, OPEN_VISIT_STATES
from .fsm_recurring_rule import RULE_FIELDS, WEEKDAYS

# What the visits already made were given, and may be given again.
CHANGE_FIELDS = RULE_FIELDS | {
    "start_date",
    "date_first",
    "start_hour",
    "scheduled_duration",
    "person_id",
    "person_ids",
}


class FsmRecurring(models.Model):
    """One or all future: what changes on a recurring job, and what its visits make of it.

    How it works: a change of the recurring job concerns the visits still to be made. Those made
    already follow when the office says so (``action_apply_changes``), but never what has begun
    or is done, nor, unless asked, what was changed apart.
    """

    _inherit = "fsm.recurring"

    change_pending = fields.Boolean(
        copy=False,
        readonly=True,
        help="Something changed that visits already made do not follow yet.",
    )
    late_visit_count = fields.Integer(
        "Visits After the End", compute="_compute_late_visit_count", compute_sudo=True
    )

    @api.depends(
        "end_date",
        "fsm_order_ids.state",
        "fsm_order_ids.recurrence_date",
        "fsm_order_ids.is_recurrence_released",
    )
    def _compute_late_visit_count(self):
        for recurring in self:
            last = recurring.date_last
            late = recurring._get_open_visits(last + timedelta(days=1)) if last else ()
            recurring.late_visit_count = len(late)

    def _after_change(self, vals):
        super()._after_change(vals)
        if not CHANGE_FIELDS.isdisjoint(vals):
            self._note_change()

    def _note_change(self):
        """Note, on those of the set that run, that visits already made differ."""
        for recurring in self:
            pending = recurring.state == "progress" and not recurring.change_pending
            if pending and recurring._get_open_visits(recurring._get_today()):
                # sudo: the mark is nobody's to write by hand
                recurring.sudo().change_pending = True

    # All future visits

    def action_apply_changes(self):
        """Ask from when, and whether visits changed apart follow too."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_recurring.sercom_recurring_change_action"
        )
        action["context"] = {"default_fsm_recurring_id": self.id, "default_scope": "future"}
        return action

    def action_keep_visits(self):
        """Leave the visits made as they are: what changed is for those still to be made."""
        self._check_is_dispatcher()
        for recurring in self:
            days = recurring.fsm_order_ids.filtered("recurrence_date").mapped("recurrence_date")
            after = max(days) + timedelta(days=1) if days else recurring._get_today()
            # sudo: what was decided is nobody's to write by hand
            recurring.sudo().write({"change_pending": False, "generate_from": after})
        self._generate_orders()
        return True

    def _apply_to_visits(self, after, include_changed=False):
        """Give the visits of this one recurring job, from a date on, what it says now.

        A date that the rule no longer has is exchanged for one that it has; what is left over is
        cancelled, what is missing is made.

        :param date after: local date of the first visit concerned
        :param bool include_changed: whether visits changed apart follow too
        :return: ``(visits rewritten, visits cancelled)``
        """
        self.ensure_one()
        self._check_is_dispatcher()
        self._lock_for_conversion()
        # sudo: visits follow their recurring job, with what they sell
        recurring = silently(self.sudo().with_company(self.company_id), "mail_notrack")
        visits, starts, pairs = recurring._pair_visits(after)
        days = visits.mapped("recurrence_date")
        movable = visits.filtered(
            lambda job: (
                job.state in OPEN_VISIT_STATES
                and (include_changed or not job.is_recurrence_changed)
            )
        )
        dropped = movable.filtered(lambda job: job.recurrence_date not in pairs)
        kept = movable - dropped
        recurring._cancel_visits(
            dropped, self.env._("%s has no visit on this date any more.", self.name)
        )
        recurring._exchange_days(visits - dropped, pairs)
        for job in kept:
            recurring._sync_visit_lines(job)
            recurring._plan_visit(job, starts[job.recurrence_date])
        kept.is_recurrence_changed = False
        recurring._sync_period_orders(after)
        recurring.change_pending = False
        recurring._start_rule_from(after, days, starts)
        self._generate_orders()
        self.message_post(
            body=self.env._(
                "Applied to visits from %(date)s on: %(changed)s changed, %(cancelled)s cancelled.",
                date=fields.Date.to_string(after),
                changed=len(kept),
                cancelled=len(dropped),
            )
        )
        return kept.sudo(self.env.su), dropped.sudo(self.env.su)

    def _pair_visits(self, after):
        """Visits of this one recurring job from a date on, and the dates they should have.

        :return: ``(visits, {date: UTC start}, {date: new date})``
        """
        visits = self.fsm_order_ids.filtered(
            lambda job: (
                job.recurrence_date
                and job.recurrence_date >= after
                and not job.is_recurrence_released
            )
        ).sorted("recurrence_date")
        old = visits.mapped("recurrence_date")
        until = self._get_end_of_turn(
            max([self._get_today() + timedelta(days=self._get_days_ahead()), *old])
        )
        skipped = set(self.skip_ids.mapped("date"))
        starts = {
            day: start
            for day, start in self._iterate_occurrences(after, until)
            if day not in skipped
        }
        return visits, starts, pair_days(old, list(starts))

    def _get_end_of_turn(self, day):
        """Last date of the week or month of ``day``, so that its visit may move within it."""
        if self.fsm_frequency_set_id or self.repeat_unit == "day":
            return day
        return end_of(day, "week" if self.repeat_unit == "week" else "month")

    def _start_rule_from(self, after, old, new):
        """Make no visit before ``after`` by a rule that has other dates than those made.

        :param old: dates that had a visit
        :param new: dates that the rule has
        """
        if old and set(old) != {day for day in new if day <= max(old)}:
            self.generate_from = max(after, self.generate_from or after)

    def _exchange_days(self, visits, pairs):
        """Give visits the dates of ``pairs``; the unique index sees no two on one date."""
        moving = [
            (job, pairs[job.recurrence_date])
            for job in visits
            if pairs.get(job.recurrence_date, job.recurrence_date) != job.recurrence_date
        ]
        jobs = visits.browse([job.id for job, _day in moving])
        jobs.recurrence_date = False
        jobs.flush_recordset(["recurrence_date"])
        for job, day in moving:
            job.recurrence_date = day

    def _sync_visit_lines(self, job):
        """Make the lines that ``job`` was sold by this one recurring job those it has now."""
        if self.billing_mode == "fixed":
            return
        self._sync_lines(
            job.sale_line_ids, lambda line: line._prepare_sale_line_vals(job.sale_id, job)
        )

    def _sync_period_orders(self, after):
        """Make the fixed prices of the periods from a date on those there are now."""
        if self.billing_mode != "fixed":
            return
        for order in self.period_order_ids:
            if order.state == "sale" and order.recurring_period >= after:
                fees = order.order_line.filtered(lambda line: line._is_period_price())
                self._sync_lines(
                    fees, lambda line, order=order: line._prepare_sale_line_vals(order)
                )

    def _sync_lines(self, sold, prepare):
        """Make lines already sold what this one recurring job's lines say.

        :param sold: ``sale.order.line``; those delivered, billed or added by hand stay
        :param prepare: function that gives the values of a new line
        """
        current = self.line_ids
        by_line = sold.filtered("is_recurring").grouped("recurring_line_id")
        new = []
        for line in current:
            found = by_line.get(line, sold[:0])
            same = found.filtered(lambda s, line=line: s.product_id == line.product_id)
            if same:
                open_lines = same._get_open_recurring_lines()
                if not line.price_unit and not line.discount:
                    open_lines.discount = 0.0
                    open_lines._compute_discount()  # what the client's price list gives
                open_lines.write(
                    {"product_uom_qty": line.product_uom_qty, **line._prepare_price_vals()}
                )
            else:
                new.append(prepare(line))
        gone = sold._get_open_recurring_lines().filtered(
            lambda s: (
                s.recurring_line_id not in current or s.recurring_line_id.product_id != s.product_id
            )
        )
        gone.product_uom_qty = 0
        SKIP_JOB_GENERATION(sold).create(new)

    # This visit, and all future ones like it

    def _take_over_from(self, job, start, hours, people):
        """Let this one recurring job say from now on what was decided on its visit ``job``.

        :param datetime start: UTC start of the visit
        :param float hours: its duration
        :param people: ``fsm.person`` who go, the worker first
        :raises UserError: when the rule cannot follow the visit to its new day
        """
        local = to_local(start, self.tz)
        self._move_rule(job.recurrence_date, local.date())
        first = datetime.combine(self.date_first, local.time())
        self.write(
            {
                "start_date": to_utc(first, self.tz),
                "scheduled_duration": hours,
                "person_id": people[:1].id,
                "person_ids": [Command.set(people[1:].ids)],
            }
        )

    def _move_rule(self, old, new):
        """Change the rule so that it has the date ``new`` in place of ``old``."""
        if old == new:
            return
        unit = self.repeat_unit
        same_week = old - timedelta(days=old.weekday()) == new - timedelta(days=new.weekday())
        same_month = (old.year, old.month) == (new.year, new.month)
        if self.fsm_frequency_set_id or unit == "day" or (unit == "week" and not same_week):
            raise self._get_move_error(new)
        if unit == "week":
            days = set(self._get_weekdays() or (self.date_first.weekday(),))
            days = days - {old.weekday()} | {new.weekday()}
            self.write({name: day in days for day, name in enumerate(WEEKDAYS)})
        elif not same_month:
            raise self._get_move_error(new)
        elif self.month_by == "weekday":
            position = -1 if self.week_position == "-1" else (new.day - 1) // 7 + 1
            if position == 5 or (position == -1 and (new + timedelta(days=7)).month == new.month):
                raise self._get_move_error(new)
            self.write({"week_position": str(position), "position_weekday": str(new.weekday())})
        else:
            self.month_day = new.day

    def _get_move_error(self, day):
        return UserError(
            self.env._(
                "The rule of %(recurring)s cannot follow its visit to %(day)s. Move this visit "
                "only, or change the rule on the recurring job.",
                recurring=self.name,
                day=fields.Date.to_string(day),
            )
        )

    # End

    def action_end(self):
        """Ask for the last day, and what becomes of the visits after it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_recurring.sercom_recurring_end_action"
        )
        action["context"] = {"default_fsm_recurring_id": self.id}
        return action

    def _end(self, last, cancel_visits=True, reason=""):
        """End this one recurring job after a local date.

        :param date last: last day with visits
        :param bool cancel_visits: whether to cancel the visits made for later days
        :param str reason: told in the chatter
        """
        self.ensure_one()
        self._check_is_dispatcher()
        self.end_date = to_utc(datetime.combine(last, LAST_MINUTE), self.tz)
        if cancel_visits:
            words = self.env._("%(name)s ends on %(last)s.", name=self.name, last=last)
            self._cancel_visits(
                self._get_open_visits(last + timedelta(days=1)), f"{words} {reason}".strip()
            )
        elif reason:
            self.message_post(body=reason)
        if last < self._get_today():
            self.state = "close"

    def action_cancel_late_visits(self):
        """Cancel the visits made for days after the last one."""
        for recurring in self.filtered("date_last"):
            recurring._end(recurring.date_last)
        return True
