import math
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from odoo import Command
from odoo.tests import tagged

from ...models.work_time.sercom_work_time import Worker
from ...tools.work_time.intervals import merge
from ...tools.work_time.work_time import from_epoch
from ..common import SercomJobsCommon

MONTREAL, PARIS = "America/Toronto", "Europe/Paris"
# Weeks in which clocks change in Montréal, in Paris and in none; all begin on a Monday.
MONTHS = (
    (date(2026, 3, 2), date(2026, 4, 6)),
    (date(2026, 10, 19), date(2026, 11, 16)),
    (date(2026, 6, 1), date(2026, 6, 15)),
)


def to_spans(intervals):
    """Spans of Odoo's intervals: it keeps shifts apart, and ends days just before midnight."""
    spans = [
        [math.ceil(moment.astimezone(UTC).timestamp()) for moment in interval[:2]]
        for interval in intervals
    ]
    whole = merge((start + (start % 60 == 59), end) for start, end in spans)
    return [(from_epoch(start), from_epoch(end)) for start, end in whole]


@tagged("post_install", "-at_install")
class TestWorkTimeOfOdoo(SercomJobsCommon):
    """One loader under planning, capacity and service levels: its hours are Odoo's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_calendar([(day, 8, 12) for day in range(5)])
        cls.calendar.attendance_ids = [
            Command.create(cls._prepare_attendance(day, 13, 17)) for day in range(5)
        ]
        cls.resource = cls.employee.resource_id
        cls.employee.resource_calendar_id = cls.calendar

    @classmethod
    def _prepare_attendance(cls, day, start, end, **vals):
        return {
            "name": "Shift",
            "dayofweek": str(day),
            "hour_from": start,
            "hour_to": end,
            "day_period": "morning" if start < 12 else "afternoon",
            **vals,
        }

    @classmethod
    def _create_calendar(cls, shifts, tz=MONTREAL, **vals):
        attendances = [Command.create(cls._prepare_attendance(*shift)) for shift in shifts]
        vals = {"name": "Shop", "tz": tz, "company_id": cls.company.id, **vals}
        return cls.env["resource.calendar"].create({**vals, "attendance_ids": attendances})

    def _close(self, start, end, **vals):
        vals = {"name": "Closed", "calendar_id": False, "company_id": self.company.id, **vals}
        return self.env["resource.calendar.leaves"].create(
            {**vals, "date_from": start, "date_to": end}
        )

    def _close_in_each_way(self):
        """Days and parts of days, of everybody, of the schedule and of the person."""
        self.env["resource.calendar.leaves"].search([]).unlink()
        for first, _after in MONTHS:
            year, month, day = first.year, first.month, first.day
            self._close(datetime(year, month, day, 15), datetime(year, month, day + 1, 15))
            self._close(
                datetime(year, month, day + 2, 4),
                datetime(year, month, day + 3, 3, 59, 59),
                calendar_id=self.employee.resource_calendar_id.id,
            )
            self._close(
                datetime(year, month, day + 8, 14, 30),
                datetime(year, month, day + 8, 19),
                resource_id=self.resource.id,
            )
            other = self._create_calendar([(0, 8, 9)])
            self._close(
                datetime(year, month, day + 9),
                datetime(year, month, day + 11),
                calendar_id=other.id,
            )

    def _get_ours(self, calendar, first, after, zone, resource):
        worker = Worker(
            zone=ZoneInfo(zone),
            company_id=self.company.id,
            resource_id=resource.id,
            periods=[(None, None, calendar.id)],
        )
        self.env["sercom.work.time"]._load_work_times([worker], first, after)
        return [(from_epoch(start), from_epoch(end)) for start, end in worker.work.hours]

    def _get_theirs(self, calendar, first, after, zone, resource):
        start, end = (
            datetime.combine(day, time(), tzinfo=ZoneInfo(zone)) for day in (first, after)
        )
        intervals = calendar._work_intervals_batch(
            start,
            end,
            resource,
            domain=None
            if resource
            else [("time_type", "=", "leave"), ("company_id", "in", (self.company.id, False))],
        )
        return to_spans(intervals[resource.id])

    def _assert_same_hours(self, calendar, zone=MONTREAL):
        """In every month, of a person in ``zone`` and of the schedule by itself."""
        self.employee.write({"tz": zone, "resource_calendar_id": calendar.id})
        self._close_in_each_way()
        none = self.resource.browse()
        for first, after in MONTHS:
            for resource, local in ((self.resource, zone), (none, calendar.tz)):
                with self.subTest(first=first, resource=resource.name):
                    theirs = self._get_theirs(calendar, first, after, local, resource)
                    ours = self._get_ours(calendar, first, after, local, resource)
                    self.assertTrue(theirs)
                    self.assertEqual(ours, theirs)

    def test_over_clock_changes_and_time_off(self):
        self._assert_same_hours(self.calendar)

    def test_of_a_person_in_another_zone_than_the_schedule(self):
        self._assert_same_hours(self.calendar, PARIS)
        self._assert_same_hours(self._create_calendar([(0, 9, 17), (6, 0, 10)], PARIS))

    def test_nights_and_around_the_clock(self):
        self._assert_same_hours(self._create_calendar([(6, 0, 6), (5, 22, 24), (0, 0, 24)]))

    def test_two_weeks(self):
        calendar = self._create_calendar([], two_weeks_calendar=True)
        calendar.attendance_ids = [
            Command.clear(),
            *(
                Command.create(self._prepare_attendance(day, 7, 11 + week, week_type=str(week)))
                for week in (0, 1)
                for day in range(2 + week)
            ),
        ]
        self._assert_same_hours(calendar)

    def test_flexible(self):
        for zone in (MONTREAL, PARIS):
            calendar = self._create_calendar(
                [], zone, schedule_type="flexible", hours_per_day=7.0, hours_per_week=32.0
            )
            calendar.full_time_required_hours = 32.0
            self.assertTrue(calendar.flexible_hours)
            self._assert_same_hours(calendar, zone)

    def test_many_schedules_cost_the_queries_of_one(self):
        def load(count):
            workers = [
                Worker(zone=ZoneInfo(MONTREAL), company_id=1, periods=[(None, None, calendar.id)])
                for calendar in calendars[:count]
            ]
            self.env["sercom.work.time"]._load_work_times(workers, *MONTHS[0])

        calendars = self.calendar.concat(*(self._create_calendar([(0, 8, 9)]) for _n in range(9)))
        load(1)
        self.assertEqual(self._get_queries(load, 1), self._get_queries(load, 10))
