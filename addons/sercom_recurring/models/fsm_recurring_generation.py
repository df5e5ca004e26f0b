import logging
from collections import deque
from datetime import datetime, time, timedelta

import psycopg2
from markupsafe import Markup
from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from odoo.addons.sercom_jobs.tools.job.schedule import to_utc

_logger = logging.getLogger(__name__)

DEFAULT_DAYS_AHEAD = 30
CRON_BATCH = 20
VISIT_KEY = "fsm_order_recurrence_uniq"


class FsmRecurring(models.Model):
    """Making the visits: one job for each date, once, whatever fails or runs beside it.

    How it works: a visit keeps the local date it was made for (``recurrence_date``), wherever it
    is moved, and a unique index refuses a second one. Each visit has its own savepoint. One that
    cannot be made is told on the recurring job and tried again the next time; one whose people
    are taken, or whose day is closed, is made and left to plan.
    """

    _inherit = "fsm.recurring"

    schedule_days = fields.Integer(
        "Days Ahead",
        default=DEFAULT_DAYS_AHEAD,
        help="Visits are made this many days before they take place.",
    )
    generate_from = fields.Date(
        copy=False,
        readonly=True,
        help="No visit is made before it: the recurring job had not begun, or was suspended.",
    )
    visit_failures = fields.Json(copy=False, readonly=True)
    visit_failure_text = fields.Text(
        "Visits Not Made", compute="_compute_visit_failure_text", help="Tried again every day."
    )

    @api.depends("visit_failures")
    @api.depends_context("lang")
    def _compute_visit_failure_text(self):
        for recurring in self:
            recurring.visit_failure_text = "\n".join(
                recurring._describe_failures(recurring.visit_failures or {})
            )

    def _describe_failures(self, failures):
        return [
            f"{format_date(self.env, day)}: {reason}" for day, reason in sorted(failures.items())
        ]

    # Which dates

    def _get_days_ahead(self):
        return self.fsm_frequency_set_id.schedule_days or self.schedule_days or DEFAULT_DAYS_AHEAD

    def _get_taken_days(self):
        """Local dates that have their visit, or are not to have one.

        A job linked by hand, or made before Sercom, takes the date it is scheduled on.

        :return: ``{recurring job: set of dates}``
        """
        taken = {recurring: set(recurring.skip_ids.mapped("date")) for recurring in self}
        rows = (
            self.env["fsm.order"]
            .sudo()
            .search_read(
                [("fsm_recurring_id", "in", self.ids), ("is_recurrence_released", "=", False)],
                ["fsm_recurring_id", "recurrence_date", "scheduled_date_start"],
                load=None,
            )
        )
        for row in rows:
            recurring = self.browse(row["fsm_recurring_id"])
            local = recurring._to_local(row["scheduled_date_start"])
            if day := row["recurrence_date"] or (local and local.date()):
                taken[recurring].add(day)
        return taken

    def _get_occurrences_to_make(self, taken):
        """Occurrences of this one recurring job that need a visit now.

        :param set taken: dates that need none
        """
        if self.state != "progress":
            return []
        today = self._get_today()
        if not self.generate_from:
            self.generate_from = max(self.date_first or today, today)
        after = self.generate_from
        if self.change_pending and taken:
            # The dates may not be what was agreed last: go on after the visits made, no sooner.
            after = max(after, max(taken) + timedelta(days=1))
        until = today + timedelta(days=self._get_days_ahead())
        found = [item for item in self._iterate_occurrences(after, until) if item.day not in taken]
        if self.max_orders:
            found = found[: max(self.max_orders - self.fsm_order_count, 0)]
        return found

    # Making them

    def _generate_orders(self):
        """Make the visits that these recurring jobs need up to their days ahead.

        :return: the jobs made
        """
        # OVERRIDE fieldservice_recurring, which counts on from the last visit, moved or not.
        made = self.env["fsm.order"]
        if not self:
            return made
        self._lock_for_conversion()  # two generations go one after the other
        self.invalidate_recordset(["fsm_order_count"])
        taken = self._get_taken_days()
        for recurring in self:
            made |= recurring._make_visits(recurring._get_occurrences_to_make(taken[recurring]))
        return made

    def _make_visits(self, occurrences):
        """Make one visit for each of ``occurrences`` of this one recurring job."""
        self.ensure_one()
        made, failures = self.env["fsm.order"], {}
        recurring = self.sudo().with_company(self.company_id)
        recurring = recurring.with_context(recurring_sync=True, mail_notrack=True)
        for day, start in occurrences:
            try:
                with self.env.cr.savepoint():
                    made |= recurring._create_order(start, day=day).sudo(self.env.su)
            except psycopg2.OperationalError:  # noqa: PERF203 - each visit fails alone
                raise  # the whole transaction is to be tried again
            except Exception as error:
                if isinstance(error, UniqueViolation) and VISIT_KEY in str(error):
                    continue  # made by another transaction
                failures[fields.Date.to_string(day)] = self._explain(error)
        recurring._note_failures(failures)
        return self.env["fsm.order"].browse(made.ids)

    def _explain(self, error):
        if not isinstance(error, UserError):
            _logger.warning("A visit of %s was not made", self.name, exc_info=error)
        return str(error) or type(error).__name__

    def _create_order(self, date, *, day=None):
        """Make the visit of this one recurring job that starts at ``date``.

        :param datetime date: UTC
        :param date day: local date that the visit is made for
        """
        # OVERRIDE fieldservice_recurring, whose onchange of the template takes the duration back.
        self.ensure_one()
        day = day or self._to_local(date).date()
        if job := self._get_waiting_job():
            job.recurrence_date = day
        else:
            vals = {**self._prepare_order_values(date), "recurrence_date": day}
            job = self.env["fsm.order"].create(vals)
            self._add_visit_lines(job)
        self._plan_visit(job, date)
        return job

    def _get_waiting_job(self):
        """Job that this recurring job was made from and that has no date yet: its first visit."""
        return self.fsm_order_ids.filtered(
            lambda job: (
                not job.recurrence_date and not job.scheduled_date_start and job.state == "to_plan"
            )
        )[:1]

    def _prepare_order_values(self, date=None):
        vals = super()._prepare_order_values(date)
        template = self.fsm_order_template_id
        # Time and people are given by ``_plan_visit``, which a conflict may refuse.
        for name in ("scheduled_date_start", "person_id"):
            vals.pop(name)
        vals.update(
            {
                "partner_id": self.partner_id.id,
                "service_file_id": self.service_file_id.id,
                "description": plaintext2html(self.description) if self.description else False,
                "scheduled_duration": self._get_visit_hours(),
                **self._prepare_window_vals(date),
            }
        )
        if template.type_id:
            vals["type"] = template.type_id.id
        return vals

    def _get_visit_hours(self):
        return self.scheduled_duration or self.fsm_order_template_id.duration or 1.0

    def _prepare_window_vals(self, start):
        """Earliest and latest time of a visit: its day, and the days before and after allowed."""
        frequency = self.fsm_frequency_set_id
        local = self._to_local(start)
        end = local + timedelta(hours=self._get_visit_hours())
        midnight = datetime.combine(local.date(), time())
        day_end = midnight + timedelta(days=1 + frequency.buffer_late, seconds=-1)
        return {
            "request_early": to_utc(midnight - timedelta(days=frequency.buffer_early), self.tz),
            "request_late": to_utc(max(day_end, end), self.tz),
        }

    # Time and people

    def _plan_visit(self, job, start):
        """Give ``job`` its time and the people of this one recurring job.

        :param datetime start: UTC
        """
        when = {"scheduled_date_start": start, "scheduled_duration": self._get_visit_hours()}
        job = job.with_context(recurring_sync=True)
        window = self._prepare_window_vals(start)
        job.write({"recurrence_start": start, **window})
        people = self._get_people()
        problem = self._try_plan(job, {**when, **self._prepare_people_vals(people)})
        if problem and people:
            self._try_plan(job, {**when, **self._prepare_people_vals(people.browse())})
        if problem:
            self._tell_unplanned(job, start, problem)

    def _try_plan(self, job, vals):
        """Write ``vals`` on ``job``; what refused them, in words, or nothing."""
        try:
            with self.env.cr.savepoint():
                job.write(vals)
                if self.confirm_visits:
                    job._confirm_assignments()
        except (UserError, psycopg2.IntegrityError) as error:
            return str(error)
        return ""

    def _get_people(self):
        """People who go to each visit of this one recurring job, the worker first."""
        return self.person_id | self.person_ids

    @api.model
    def _prepare_people_vals(self, people):
        return {"person_id": people[:1].id, "person_ids": [Command.set(people.ids)]}

    def _tell_unplanned(self, job, start, problem):
        """Tell the dispatcher that a visit was made and left to plan: which, who and why."""
        kind = "sercom_recurring.activity_type_visit_to_plan"
        job.activity_unlink([kind])
        people = ", ".join(self._get_people().mapped("name"))
        visit = job._get_visit_label(start)
        note = Markup("<p>%s</p><p>%s</p>") % (
            self.env._("%(visit)s could not be given to %(people)s.", visit=visit, people=people)
            if people
            else self.env._("%s could not be planned.", visit),
            problem,
        )
        job.activity_schedule(kind, summary=visit, note=note, user_id=self._get_responsible().id)

    def _get_responsible(self):
        """User who is told about the visits of this one recurring job."""
        users = (self.user_id, self.create_uid, self.env.user)
        return next((user for user in users if user.active and user._is_internal()), self.env.user)

    # Visits that could not be made

    def _note_failures(self, failures):
        """Note which visits of this one recurring job could not be made, once each.

        :param dict failures: ``{ISO date: reason}``; empty when all went well
        """
        known = self.visit_failures or {}
        if failures == known:
            return
        self.visit_failures = failures or False
        new = {day: reason for day, reason in failures.items() if known.get(day) != reason}
        if new:
            text = Markup("<br/>").join(self._describe_failures(new))
            self.message_post(
                body=Markup("%s<br/>%s") % (self.env._("Visits that could not be made:"), text)
            )
        kind = "sercom_recurring.activity_type_visit_failed"
        note = Markup("<br/>").join(self._describe_failures(failures))
        activity = self.activity_search([kind])
        if not failures:
            activity.action_feedback(feedback=self.env._("All visits are made."))
        elif activity:
            activity.note = note
        else:
            self.activity_schedule(kind, note=note, user_id=self._get_responsible().id)

    # Every day

    @api.model
    def _cron_generate_orders(self):
        # OVERRIDE fieldservice_recurring: in batches that are committed, so that neither a long
        # list nor a transaction beside this one undoes what is made.
        pending = self.search([("state", "=", "progress")], order="id")
        batches = deque(pending[i : i + CRON_BATCH] for i in range(0, len(pending), CRON_BATCH))
        made = self.env["fsm.order"]
        while batches:
            batch = batches.popleft()
            try:
                made |= batch._generate_orders()
            except psycopg2.OperationalError:
                if not self._is_cron():
                    raise
                self.env.cr.rollback()
                if len(batch) > 1:
                    batches.extend(batch)  # one at a time: who is busy holds up nobody else
                    continue
                _logger.info("Visits of recurring job %s are being made elsewhere", batch.id)
            if self._is_cron():
                remaining = sum(map(len, batches))
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                    break
        return made

    @api.model
    def _is_cron(self):
        return bool(self.env.context.get("ir_cron_progress_id"))

    @api.model
    def _cron_manage_expiration(self):
        """Close the recurring jobs whose last day is past, or whose visits are all over."""
        # OVERRIDE fieldservice_recurring, which closes them when the last visit is made.
        for recurring in self.search(
            [("state", "=", "progress"), "|", ("end_date", "!=", False), ("max_orders", ">", 0)]
        ):
            ended = recurring.end_date and recurring.end_date <= fields.Datetime.now()
            if ended or recurring._is_used_up():
                recurring.state = "close"

    def _is_used_up(self):
        all_made = 0 < self.max_orders <= self.fsm_order_count
        return all_made and not self._get_open_visits()
