from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.clock.correction import find_error
from ...tools.clock.forgotten import (
    Entry,
    get_expected_end,
    get_working_day,
    is_forgotten,
    propose_end,
)

MONTREAL = ZoneInfo("America/Toronto")


def local(*moment):
    """A moment on the clocks of Montréal, in UTC."""
    return datetime(*moment, tzinfo=MONTREAL).astimezone(UTC).replace(tzinfo=None)


def office_day(year, month, day):
    """8:00–12:00 and 13:00–17:00."""
    return (
        (local(year, month, day, 8), local(year, month, day, 12)),
        (local(year, month, day, 13), local(year, month, day, 17)),
    )


TWO_DAYS = (*office_day(2026, 11, 3), *office_day(2026, 11, 4))


# Examples are cheap; a busy machine is not a defect.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tagged("post_install", "-at_install")
class TestForgottenTools(BaseCase):
    """Rules of forgotten clock-outs and of corrections, without a database."""

    def test_a_lunch_does_not_end_the_day(self):
        day = get_working_day(TWO_DAYS, local(2026, 11, 3, 9))
        self.assertEqual(day, (local(2026, 11, 3, 8), local(2026, 11, 3, 17)))

    def test_who_comes_early_belongs_to_the_day(self):
        day = get_working_day(TWO_DAYS, local(2026, 11, 3, 6, 30))
        self.assertEqual(day[1], local(2026, 11, 3, 17))

    def test_an_evening_belongs_to_no_working_day(self):
        self.assertIsNone(get_working_day(TWO_DAYS, local(2026, 11, 3, 19)))
        self.assertIsNone(get_working_day((), local(2026, 11, 3, 9)))

    def test_the_end_of_the_block_is_proposed_first(self):
        entry = Entry(local(2026, 11, 3, 9), local(2026, 11, 3, 11), shifts=TWO_DAYS)
        self.assertEqual(propose_end(entry, local(2026, 11, 4)), local(2026, 11, 3, 11))

    def test_a_block_that_was_over_is_passed_over(self):
        entry = Entry(local(2026, 11, 3, 14), local(2026, 11, 3, 11), shifts=TWO_DAYS)
        self.assertEqual(propose_end(entry, local(2026, 11, 4)), local(2026, 11, 3, 17))

    def test_planned_hours_when_nobody_works_then(self):
        entry = Entry(local(2026, 11, 3, 19), planned_hours=1.5, shifts=TWO_DAYS)
        self.assertEqual(propose_end(entry, local(2026, 11, 4)), local(2026, 11, 3, 20, 30))

    def test_nothing_is_made_up(self):
        entry = Entry(local(2026, 11, 3, 19))
        self.assertIsNone(propose_end(entry, local(2026, 11, 4)))
        self.assertIsNone(get_expected_end(entry))
        self.assertFalse(is_forgotten(entry, local(2026, 11, 4, 10), 2.0, 16.0))
        self.assertTrue(is_forgotten(entry, local(2026, 11, 4, 11, 1), 2.0, 16.0))

    def test_an_evening_is_over_when_the_next_day_begins(self):
        entry = Entry(local(2026, 11, 3, 17), shifts=TWO_DAYS)
        self.assertFalse(is_forgotten(entry, local(2026, 11, 4, 7, 59), 2.0, 16.0))
        self.assertTrue(is_forgotten(entry, local(2026, 11, 4, 8), 2.0, 16.0))
        self.assertIsNone(propose_end(entry, local(2026, 11, 4, 8)))

    def test_the_next_entry_limits_the_proposal(self):
        entry = Entry(local(2026, 11, 3, 9), shifts=TWO_DAYS)
        self.assertEqual(propose_end(entry, local(2026, 11, 3, 15)), local(2026, 11, 3, 15))
        self.assertIsNone(propose_end(entry, entry.check_in))

    def test_a_long_job_is_not_forgotten_before_the_day_is_over(self):
        entry = Entry(local(2026, 11, 3, 9), local(2026, 11, 3, 11), shifts=TWO_DAYS)
        self.assertFalse(is_forgotten(entry, local(2026, 11, 3, 16), 2.0, 16.0))
        self.assertFalse(is_forgotten(entry, local(2026, 11, 3, 19), 2.0, 16.0))
        self.assertTrue(is_forgotten(entry, local(2026, 11, 3, 19, 1), 2.0, 16.0))

    def test_a_block_in_the_evening_makes_the_day_longer(self):
        entry = Entry(
            local(2026, 11, 3, 9),
            local(2026, 11, 3, 11),
            day_block_end=local(2026, 11, 3, 21),
            shifts=TWO_DAYS,
        )
        self.assertFalse(is_forgotten(entry, local(2026, 11, 3, 22), 2.0, 16.0))

    def test_nights_in_which_clocks_change(self):
        for day, hours in ((datetime(2026, 3, 7), 7), (datetime(2026, 10, 31), 9)):
            morning = day + timedelta(days=1)
            night = (
                (local(day.year, day.month, day.day, 22), local(*morning.timetuple()[:3])),
                (
                    local(*morning.timetuple()[:3]),
                    local(morning.year, morning.month, morning.day, 6),
                ),
            )
            entry = Entry(night[0][0], shifts=night)
            end = propose_end(entry, entry.check_in + timedelta(days=2))
            self.assertEqual(end - entry.check_in, timedelta(hours=hours))

    @calm
    @given(
        length=st.integers(1, 4000),
        block=st.one_of(st.none(), st.integers(-500, 3000)),
        planned=st.floats(0, 40),
        start=st.integers(0, 2880),
    )
    def test_a_proposal_is_after_the_start_and_not_too_late(self, length, block, planned, start):
        check_in = local(2026, 11, 3) + timedelta(minutes=start)
        latest = check_in + timedelta(minutes=length)
        block_end = block is not None and check_in + timedelta(minutes=block)
        entry = Entry(check_in, block_end or None, planned_hours=planned, shifts=TWO_DAYS)
        end = propose_end(entry, latest, 16.0)
        if end:
            self.assertLess(check_in, end)
            self.assertLessEqual(end, min(latest, check_in + timedelta(hours=16)))

    def test_times_that_cannot_be(self):
        now = local(2026, 11, 3, 12)
        nine, ten = local(2026, 11, 3, 9), local(2026, 11, 3, 10)
        self.assertIsNone(find_error(nine, ten, now))
        self.assertIsNone(find_error(nine, None, now))
        self.assertEqual(find_error(ten, nine, now), "backward")
        self.assertEqual(find_error(nine, nine, now), "backward")
        self.assertEqual(find_error(nine, local(2026, 11, 3, 13), now), "future")
        self.assertEqual(find_error(local(2026, 11, 3, 13), None, now), "future")
        self.assertEqual(find_error(nine - timedelta(hours=24), ten, now), "long")
