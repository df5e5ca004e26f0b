from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.work_time.intervals import clip, covers, intersect, merge, subtract, total
from ...tools.work_time.work_time import (
    DAY,
    HOUR,
    Calendar,
    from_epoch,
    get_periods,
    get_zone,
    make_days,
    make_work_time,
    to_epoch,
)

MONTREAL = get_zone("America/Montreal")
WEEK = tuple((0, weekday, *hours) for weekday in range(5) for hours in ((8.0, 12.0), (13.0, 17.0)))
OFFICE = Calendar(WEEK)
FLEXIBLE = Calendar(flexible=True, hours_per_day=8.0, hours_per_week=40.0)
MONDAY = date(2026, 11, 2)
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: tuple(sorted(pair))),
    max_size=8,
).map(merge)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def points(spans):
    return {second for start, end in spans for second in range(start, end)}


def utc(*moment):
    return to_epoch(datetime(*moment))


def week(calendar=OFFICE, leaves=(), first=MONDAY, length=7, zone=MONTREAL):
    days = make_days(zone, first, first + timedelta(days=length))
    return make_work_time(days, [(None, None, calendar)], leaves)


@tagged("post_install", "-at_install")
class TestIntervals(BaseCase):
    @calm
    @given(SPANS, SPANS)
    def test_operations_are_those_of_sets(self, one, two):
        self.assertEqual(points(subtract(one, two)), points(one) - points(two))
        self.assertEqual(points(intersect(one, two)), points(one) & points(two))
        self.assertEqual(points(merge(one + two)), points(one) | points(two))
        self.assertEqual(total(one), len(points(one)))
        self.assertEqual(points(clip(one, 10, 20)), points(one) & set(range(10, 20)))

    @calm
    @given(SPANS, st.integers(0, 60), st.integers(1, 20))
    def test_covers(self, spans, start, length):
        self.assertEqual(
            covers(spans, start, start + length), set(range(start, start + length)) <= points(spans)
        )

    def test_neighbours_are_joined_and_do_not_overlap(self):
        self.assertEqual(merge([(11, 12), (10, 11), (5, 5)]), [(10, 12)])
        self.assertEqual(subtract([(10, 11)], [(11, 12)]), [(10, 11)])


@tagged("post_install", "-at_install")
class TestWorkTime(BaseCase):
    def test_a_plain_week(self):
        work = week()
        self.assertEqual(work.available, [8.0] * 5 + [0.0] * 2)
        self.assertEqual(work.open[0], (utc(2026, 11, 2, 13), utc(2026, 11, 2, 17)))
        self.assertEqual(len(work.breaks), 5)

    def test_days_of_23_and_25_hours(self):
        night = Calendar(tuple((0, day, 0.0, 24.0) for day in range(7)))
        spring = week(night, first=date(2026, 3, 7), length=3)
        self.assertEqual(spring.available, [24.0, 23.0, 24.0])
        autumn = week(night, first=date(2026, 10, 31), length=3)
        self.assertEqual(autumn.available, [24.0, 25.0, 24.0])

    def test_hours_follow_the_clock_over_its_change(self):
        work = week(first=date(2026, 10, 30), length=4)  # Friday before, Monday after
        self.assertEqual(work.open[0][0], utc(2026, 10, 30, 12))
        self.assertEqual(work.open[2][0], utc(2026, 11, 2, 13))

    def test_a_calendar_of_two_weeks(self):
        calendar = Calendar(((0, 0, 8.0, 12.0), (1, 0, 8.0, 16.0)), two_weeks=True)
        work = week(calendar, length=14)
        self.assertEqual(sorted((work.available[0], work.available[7])), [4.0, 8.0])

    def test_a_leave_at_the_edges_of_a_day(self):
        leave = (utc(2026, 11, 2, 17), utc(2026, 11, 3, 5), "Time off")  # noon to midnight
        work = week(leaves=[leave])
        self.assertEqual(work.available[:3], [4.0, 8.0, 8.0])
        self.assertEqual(work.lost[:3], [4.0, 0.0, 0.0])

    def test_flexible_days_have_no_closed_hours(self):
        work = week(FLEXIBLE)
        self.assertEqual(work.available, [8.0] * 5 + [0.0] * 2)
        self.assertEqual(total(work.open), 7 * DAY)
        self.assertTrue(work.is_flexible_at(utc(2026, 11, 7, 3)))

    def test_a_whole_day_off_closes_a_flexible_day(self):
        leave = (utc(2026, 11, 3, 13), utc(2026, 11, 3, 21), "Time off")  # 8 to 16
        work = week(FLEXIBLE, [leave])
        self.assertEqual(work.available[1], 0.0)
        self.assertFalse(clip(work.open, work.days.bounds[1], work.days.bounds[2]))

    def test_half_a_day_off_closes_half_a_flexible_day(self):
        leave = (utc(2026, 11, 3, 13), utc(2026, 11, 3, 17), "Time off")  # 8 to 12
        work = week(FLEXIBLE, [leave])
        self.assertEqual(work.available[1], 4.0)
        day = clip(work.open, work.days.bounds[1], work.days.bounds[2])
        self.assertEqual(day, [(utc(2026, 11, 3, 17), utc(2026, 11, 4, 5))])

    def test_no_schedule_is_no_capacity(self):
        days = make_days(MONTREAL, MONDAY, MONDAY + timedelta(days=7))
        work = make_work_time(days, [])
        self.assertEqual((work.open, work.available), ([], [0.0] * 7))

    def test_the_schedule_changes_in_midweek(self):
        days = make_days(MONTREAL, MONDAY, MONDAY + timedelta(days=5))
        half = Calendar(tuple(line for line in WEEK if line[2] == 8.0))
        change = date(2026, 11, 4)
        work = make_work_time(days, [(None, change, OFFICE), (change, None, half)])
        self.assertEqual(work.available, [8.0, 8.0, 4.0, 4.0, 4.0])

    def test_booked_hours_of_a_block(self):
        work = week()
        # 8 to 17 with the pause is a day of 8 hours; 4 planned hours of it are 4.
        day = utc(2026, 11, 2, 13), utc(2026, 11, 2, 22)
        self.assertEqual(work.get_booked(*day, 9.0), {0: 8.0})
        self.assertEqual(work.get_booked(*day, 4.0), {0: 4.0})
        # Through the pause only: still work.
        noon = utc(2026, 11, 2, 17), utc(2026, 11, 2, 18)
        self.assertEqual(work.get_booked(*noon, 1.0), {0: 1.0})
        # Monday morning to Wednesday evening.
        three = utc(2026, 11, 2, 13), utc(2026, 11, 4, 22)
        self.assertEqual(work.get_booked(*three, 57.0), {0: 8.0, 1: 8.0, 2: 8.0})
        self.assertEqual(work.get_booked(*three, 12.0), {0: 4.0, 1: 4.0, 2: 4.0})
        # A night on call is cut at midnight.
        night = utc(2026, 11, 3, 3), utc(2026, 11, 3, 11)
        self.assertEqual(work.get_booked(*night, 8.0), {0: 2.0, 1: 6.0})

    @calm
    @given(
        start=st.datetimes(datetime(2026, 10, 25), datetime(2026, 11, 20)),
        hours=st.integers(1, 60),
        leaves=st.lists(
            st.tuples(
                st.datetimes(datetime(2026, 10, 25), datetime(2026, 11, 20)), st.integers(1, 80)
            ),
            max_size=4,
        ),
        calendar=st.sampled_from([OFFICE, FLEXIBLE]),
    )
    def test_hours_add_up(self, start, hours, leaves, calendar):
        spans = [(to_epoch(at), to_epoch(at) + length * HOUR, "Off") for at, length in leaves]
        first = start.date() - timedelta(days=2)
        work, plain = (week(calendar, off, first, length=9) for off in (spans, ()))
        for available, lost, whole in zip(work.available, work.lost, plain.available, strict=True):
            self.assertAlmostEqual(available + lost, whole, places=1)
        for off_start, off_end, _why in work.off:
            self.assertFalse(clip(work.open, off_start, off_end), "off and open at once")
        block = to_epoch(start), to_epoch(start) + hours * HOUR
        self.assertLessEqual(sum(work.get_booked(*block, hours).values()), hours + 0.01)

    def test_epochs(self):
        moment = datetime(2026, 11, 1, 5, 30)
        self.assertEqual(from_epoch(to_epoch(moment)), moment)


@tagged("post_install", "-at_install")
class TestPeriods(BaseCase):
    def test_before_the_first_version(self):
        periods = get_periods([(date(2026, 1, 1), None, None, 7)])
        self.assertEqual(periods, [(None, None, 7)])

    def test_the_schedule_of_a_later_version(self):
        change = date(2026, 6, 1)
        periods = get_periods([(date(2026, 1, 1), None, None, 7), (change, None, None, 8)])
        self.assertEqual(periods, [(None, change, 7), (change, None, 8)])

    def test_nobody_works_outside_their_contract(self):
        first, last = date(2026, 2, 1), date(2026, 8, 31)
        periods = get_periods([(date(2026, 1, 1), first, last, 7)])
        self.assertEqual(periods, [(first, date(2026, 9, 1), 7)])

    def test_no_schedule(self):
        self.assertEqual(get_periods([(date(2026, 1, 1), None, None, None)]), [])
        self.assertEqual(get_periods([]), [])
