from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import SQL

from ...tools.work_time.work_time import (
    Calendar,
    WorkTime,
    local_from_epoch,
    make_days,
    make_work_time,
    to_epoch,
)


@dataclass(eq=False, kw_only=True)
class Worker:
    """Whoever works by schedules: a person, or the firm itself without any.

    :ivar periods: ``(first date, date after, id of the schedule)`` in order; ``None`` is no limit
    :ivar work: when they work, once it is loaded
    """

    zone: ZoneInfo
    company_id: int
    resource_id: int = None
    periods: list = field(default_factory=list)
    work: WorkTime = None


class SercomWorkTime(models.AbstractModel):
    """Where working hours are read: planning, capacity, service levels and the clock ask here.

    A firm has as many schedules as it has part-time people, and Odoo's ``_work_intervals_batch``
    asks for each of them; here a fixed number of queries reads them all. ``tests/work_time`` holds
    the hours equal to Odoo's. Of a flexible schedule they are the same where it says as many hours
    a week as the firm's: Odoo takes the firm's, and counts weeks from the day it is asked for.

    Schedules and time off are read past the rules. The methods are private; who calls them checks
    what the caller may see.
    """

    _name = "sercom.work.time"
    _description = "Working Time"

    @api.model
    def _load_work_times(self, workers, first, after):
        """Set when each of the workers works, on their local days ``first`` to before ``after``.

        Those of one company with the same schedules and zone and without time off of their own
        share one reckoning.

        :param workers: list of ``Worker``
        """
        calendars = self._load_calendars({c for w in workers for _f, _a, c in w.periods})
        personal, public = self._load_leaves(workers, calendars, first, after)
        shared = {}
        for worker in workers:
            days = make_days(worker.zone, first, after)
            own = personal.get(worker.resource_id)
            key = (worker.company_id, worker.zone.key, tuple(worker.periods))
            if own or key not in shared:
                leaves = [
                    (start, end, reason)
                    for start, end, reason, company_id, calendar_id in public
                    if company_id in (None, worker.company_id)
                    and (calendar_id is None or self._is_on(worker, calendar_id, start, end))
                ]
                periods = [(f, a, calendars[c]) for f, a, c in worker.periods]
                work = make_work_time(days, periods, leaves + (own or []))
                if not own:
                    shared[key] = work
            worker.work = work if own else shared[key]

    def _is_on(self, worker, calendar_id, start, end):
        """Whether a worker follows a schedule at some time of a leave of that schedule."""
        low, high = (local_from_epoch(moment, worker.zone).date() for moment in (start, end))
        return any(
            calendar_id == schedule and (not after or low < after) and (not first or first <= high)
            for first, after, schedule in worker.periods
        )

    def _load_calendars(self, calendar_ids):
        """Schedules by id."""
        self.env["resource.calendar"].flush_model()
        self.env["resource.calendar.attendance"].flush_model()
        attendances = defaultdict(list)
        for calendar_id, week_type, weekday, hour_from, hour_to in self.env.execute_query(
            SQL(
                """
                SELECT calendar_id, week_type, dayofweek, hour_from, hour_to
                  FROM resource_calendar_attendance
                 WHERE calendar_id = ANY(%s)
                   AND display_type IS NULL
                   AND day_period != 'lunch'
              ORDER BY hour_from
                """,
                list(calendar_ids),
            )
        ):
            attendances[calendar_id].append(
                (int(week_type) if week_type else 0, int(weekday), hour_from, hour_to)
            )
        return {
            calendar_id: Calendar(
                tuple(attendances[calendar_id]),
                bool(two_weeks),
                bool(flexible),
                float(per_day or 0.0),
                float(per_week or full_time or 0.0),
            )
            for calendar_id, two_weeks, flexible, per_day, per_week, full_time in (
                self.env.execute_query(
                    SQL(
                        """
                        SELECT id, two_weeks_calendar, flexible_hours, hours_per_day,
                               hours_per_week, full_time_required_hours
                          FROM resource_calendar
                         WHERE id = ANY(%s)
                        """,
                        list(calendar_ids),
                    )
                )
            )
        }

    def _load_leaves(self, workers, calendars, first, after):
        """Time off between two dates.

        :return: ``{resource id: [(start, end, None)]}`` of people, and the public ones as
            ``[(start, end, name, company id, calendar id)]``
        """
        self.env["resource.calendar.leaves"].flush_model()
        day = timedelta(days=1)  # no zone is further from UTC
        personal, public = defaultdict(list), []
        for (
            name,
            date_from,
            date_to,
            resource_id,
            company_id,
            calendar_id,
        ) in self.env.execute_query(
            SQL(
                """
                    SELECT name, date_from, date_to, resource_id, company_id, calendar_id
                      FROM resource_calendar_leaves
                     WHERE time_type = 'leave'
                       AND date_from < %s AND date_to > %s
                       AND (resource_id = ANY(%s)
                            OR resource_id IS NULL
                               AND (calendar_id IS NULL OR calendar_id = ANY(%s)))
                  ORDER BY date_from
                    """,
                datetime.combine(after, time()) + day,
                datetime.combine(first, time()) - day,
                [worker.resource_id for worker in workers if worker.resource_id],
                list(calendars),
            )
        ):
            span = to_epoch(date_from), get_leave_end(date_to)
            if resource_id:
                personal[resource_id].append((*span, None))
            else:
                public.append((*span, name or "", company_id, calendar_id))
        return personal, public


def get_leave_end(date_to):
    """End of a leave: Odoo ends whole days a second before midnight."""
    end = to_epoch(date_to)
    return end + 1 if end % 60 == 59 else end
