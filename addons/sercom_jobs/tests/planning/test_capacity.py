from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ...tools.work_time.work_time import from_epoch
from .common import BoardCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestCapacity(BoardCommon):
    def _load(self, first, after, employees=None):
        people = self.scheduler._load_people((employees or self.people).ids)
        self.scheduler._load_work_times(people, first, after)
        return people

    def _available(self, employee, first=date(2026, 11, 2), days=7):
        people = self._load(first, first + timedelta(days=days), employee)
        return people[employee.id].work.available

    def _create_calendar(self, **vals):
        return self.env["resource.calendar"].create(
            {"name": "Other", "tz": "America/Toronto", "company_id": self.company.id, **vals}
        )

    def _assert_hours_of_odoo(self, employee, first, after):
        """The same open hours as Odoo's own, attendances without leaves."""
        work = self._load(first, after, employee)[employee.id].work
        zone = ZoneInfo(employee.tz)
        start, end = (
            datetime.combine(day, datetime.min.time(), tzinfo=zone) for day in (first, after)
        )
        resource = employee.resource_id
        theirs = employee.resource_calendar_id._attendance_intervals_batch(start, end, resource)
        self.assertEqual(
            [(from_epoch(low), from_epoch(high)) for low, high in work.hours],
            [
                tuple(moment.astimezone(UTC).replace(tzinfo=None) for moment in span[:2])
                for span in theirs[resource.id]
            ],
        )

    def test_the_hours_are_those_of_odoo_over_clock_changes(self):
        for first in (date(2026, 3, 2), date(2026, 10, 26)):
            self._assert_hours_of_odoo(self.employee, first, first + timedelta(days=28))
        self.employee.tz = "Europe/Paris"
        self._assert_hours_of_odoo(self.employee, date(2026, 3, 2), date(2026, 4, 6))

    def test_the_hours_are_those_of_odoo_on_two_weeks(self):
        calendar = self._create_calendar(
            two_weeks_calendar=True,
            attendance_ids=[
                Command.create(
                    {
                        "name": "Shift",
                        "dayofweek": str(day),
                        "hour_from": 7,
                        "hour_to": 11 + 2 * week,
                        "day_period": "morning",
                        "week_type": str(week),
                    }
                )
                for week in (0, 1)
                for day in range(3 + week)
            ],
        )
        self.employee.resource_calendar_id = calendar
        self._assert_hours_of_odoo(self.employee, date(2026, 11, 2), date(2026, 12, 7))
        self.assertNotEqual(
            self._available(self.employee), self._available(self.employee, date(2026, 11, 9))
        )

    def test_in_the_persons_own_zone(self):
        self.employee.tz = "America/Vancouver"
        people = self._load(date(2026, 11, 2), date(2026, 11, 3))
        starts = [from_epoch(people[one.id].work.open[0][0]) for one in self.people]
        self.assertEqual(starts, [datetime(2026, 11, 2, 16), datetime(2026, 11, 2, 13)])

    def test_part_time(self):
        self.employee.resource_calendar_id = self._create_calendar(
            attendance_ids=[
                Command.create(
                    {
                        "name": "Morning",
                        "dayofweek": str(day),
                        "hour_from": 8,
                        "hour_to": 12.5,
                        "day_period": "morning",
                    }
                )
                for day in (0, 2)
            ]
        )
        self.assertEqual(self._available(self.employee), [4.5, 0.0, 4.5, 0.0, 0.0, 0.0, 0.0])

    def test_flexible(self):
        self.employee.resource_calendar_id = self._create_calendar(
            schedule_type="flexible", hours_per_day=7.0, hours_per_week=28.0
        )
        self.assertEqual(self._available(self.employee), [7.0] * 4 + [0.0] * 3)
        # The week is counted from Monday, whatever the first day.
        self.assertEqual(
            self._available(self.employee, date(2026, 11, 5), 5), [7.0, 0.0, 0.0, 0.0, 7.0]
        )

    def test_pauses_are_no_working_hours(self):
        self.calendar.attendance_ids = [
            Command.create(
                {
                    "name": "Lunch",
                    "dayofweek": "0",
                    "hour_from": 12,
                    "hour_to": 13,
                    "day_period": "lunch",
                }
            )
        ]
        self.assertEqual(self._available(self.employee)[0], 8.0)

    def test_a_schedule_that_changes_in_midweek(self):
        half = self._create_calendar(
            attendance_ids=[
                Command.create(
                    {
                        "name": "Morning",
                        "dayofweek": str(day),
                        "hour_from": 8,
                        "hour_to": 12,
                        "day_period": "morning",
                    }
                )
                for day in range(5)
            ]
        )
        self.employee.create_version(
            {"date_version": date(2026, 11, 4), "resource_calendar_id": half.id}
        )
        self.assertEqual(self._available(self.employee), [8.0, 8.0, 4.0, 4.0, 4.0, 0.0, 0.0])

    def test_nobody_works_outside_their_contract(self):
        self.employee.version_id.write(
            {"contract_date_start": "2026-11-03", "contract_date_end": "2026-11-05"}
        )
        self.assertEqual(self._available(self.employee), [0.0, 8.0, 8.0, 8.0, 0.0, 0.0, 0.0])

    def test_no_schedule(self):
        self.employee.resource_calendar_id = False
        people = self._load(date(2026, 11, 2), date(2026, 11, 9))
        self.assertFalse(people[self.employee.id].has_hours())
        self.assertEqual(people[self.employee.id].work.available, [0.0] * 7)

    def test_leaves_of_others_and_of_other_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        Leave = self.env["resource.calendar.leaves"]
        span = {"date_from": datetime(2026, 11, 3, 5), "date_to": datetime(2026, 11, 4, 5)}
        Leave.create({"name": "Anne", "resource_id": self.anne.resource_id.id, **span})
        Leave.with_company(company).create(
            {"name": "Elsewhere", "company_id": company.id, "calendar_id": False, **span}
        )
        Leave.create({"name": "Training", "time_type": "other", "calendar_id": False, **span})
        self.assertEqual(self._available(self.employee)[1], 8.0)
        self.assertEqual(self._available(self.anne)[1], 0.0)

    def test_a_holiday_of_another_schedule(self):
        other = self._create_calendar()
        self._create_leave(datetime(2026, 11, 3, 5), datetime(2026, 11, 4, 5), calendar_id=other.id)
        self.assertEqual(self._available(self.employee)[1], 8.0)
        self.employee.resource_calendar_id = other
        self.assertEqual(self._available(self.employee)[1], 0.0)

    def test_a_year_costs_the_same_queries(self):
        def load(days):
            self._load(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))

        load(1)
        self.assertEqual(self._get_queries(load, 7), self._get_queries(load, 365))
