import logging
from collections import deque
from datetime import datetime, time, timedelta

import psycopg2
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.sercom_requests.tools.history import silently
from odoo.addons.sercom_requests.tools.local_time import local_date, to_local, to_utc

from ..tools.recurrence import Occurrence

_logger = logging.getLogger(__name__)

DEFAULT_DAYS_AHEAD = 30
CRON_BATCH = 20
VISIT_KEY = "fsm_order_recurrence_uniq"


class FsmRecurring(models.Model):
    """Making the visits: one job for each date, once, whatever fails or runs beside it.

    How it works: a visit keeps the local date it was made for (``recurrence_date``), wherever it
    is moved, and a unique index refuses a second one. Visits are made together. One that cannot be
    made is told on the recurring job (``fsm_recurring_failure``) and tried again the next time;
    one whose people are taken, or whose day is closed, is made and left to plan
    (``fsm_recurring_planning``).
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
            .sudo()  # sudo: a visit made is not made again, whoever may see it
            .search_read(
                [("fsm_recurring_id", "in", self.ids), ("is_recurrence_released", "=", False)],
                ["fsm_recurring_id", "recurrence_date", "scheduled_date_start"],
                load=None,
            )
        )
        for row in rows:
            recurring = self.browse(row["fsm_recurring_id"])
            start = row["scheduled_date_start"]
            if day := row["recurrence_date"] or (start and local_date(start, recurring.tz)):
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
            # sudo: the first day to make is nobody's to write by hand
            self.sudo().generate_from = max(self.date_first or today, today)
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
        # sudo: visits are made with their orders, as by the scheduled action
        recurring = silently(self.sudo().with_company(self.company_id), "mail_notrack")
        made, failures = recurring._make_batch(list(occurrences))
        recurring._note_failures(failures)
        return self.env["fsm.order"].browse(made.ids)

    def _make_batch(self, occurrences):
        """Make visits together; where one cannot be made, in halves, so that it fails alone.

        :return: ``(jobs, {ISO date: why it has none})``
        """
        made = self.env["fsm.order"]
        if not occurrences:
            return made, {}
        try:
            with self.env.cr.savepoint():
                return self._create_visits(occurrences), {}
        except psycopg2.OperationalError:
            raise  # the whole transaction is to be tried again
        except Exception as error:
            if len(occurrences) == 1:
                day, _start = occurrences[0]
                return made, self._explain_failure(day, error)
        middle = len(occurrences) // 2
        made, failures = self._make_batch(occurrences[:middle])
        others, other_failures = self._make_batch(occurrences[middle:])
        return made | others, failures | other_failures

    def _explain_failure(self, day, error):
        if isinstance(error, UniqueViolation) and VISIT_KEY in str(error):
            return {}  # made by another transaction
        if not isinstance(error, UserError):
            _logger.warning("A visit of %s was not made", self.name, exc_info=error)
        return {fields.Date.to_string(day): str(error) or type(error).__name__}

    def _create_order(self, date):
        # OVERRIDE fieldservice_recurring, whose onchange of the template takes the duration back.
        self.ensure_one()
        return self._create_visits([Occurrence(local_date(date, self.tz), date)])

    def _create_visits(self, occurrences):
        """Make and plan the visits of this one recurring job for these ``Occurrence``."""
        waiting = self._get_waiting_job()
        if waiting:
            (day, start), *occurrences = occurrences
            waiting.recurrence_date = day
            self._plan_visit(waiting, start)
        # What nobody goes to has nothing to collide with: it gets its time at once. Alone it may
        # be left without, where that is refused.
        people = self._get_people()
        at_once = len(occurrences) > 1 and not people.employee_id
        vals_list = []
        for day, start in occurrences:
            vals = {
                **self._prepare_order_values(start),
                "recurrence_date": day,
                "recurrence_start": start,
            }
            if at_once:
                vals.update(self._prepare_time_vals(start), **self._prepare_people_vals(people))
            vals_list.append(vals)
        jobs = self.env["fsm.order"].create(vals_list)
        if not at_once:
            self._plan_visits(jobs)
        return waiting | jobs

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

    def _prepare_time_vals(self, start):
        """Time of a new visit, by its end: with a start, OCA's ``create`` takes its latest time."""
        hours = self._get_visit_hours()
        return {
            "scheduled_date_end": start + timedelta(hours=hours),
            "scheduled_duration": hours,
        }

    def _get_visit_hours(self):
        return self.scheduled_duration or self.fsm_order_template_id.duration or 1.0

    def _prepare_window_vals(self, start):
        """Earliest and latest time of a visit: its day, and the days before and after allowed."""
        frequency = self.fsm_frequency_set_id
        local = to_local(start, self.tz)
        end = local + timedelta(hours=self._get_visit_hours())
        midnight = datetime.combine(local.date(), time())
        day_end = midnight + timedelta(days=1 + frequency.buffer_late, seconds=-1)
        return {
            "request_early": to_utc(midnight - timedelta(days=frequency.buffer_early), self.tz),
            "request_late": to_utc(max(day_end, end), self.tz),
        }

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
