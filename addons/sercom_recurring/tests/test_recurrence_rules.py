import unittest
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.sercom_requests.tools.local_time import to_local

from ..tools.recurrence import (
    Rule,
    get_period,
    iterate_days,
    iterate_occurrences,
    pair_days,
)

ZONE = "America/Toronto"
HOUR = timedelta(hours=1)
ZONES = (ZONE, "America/St_Johns", "Europe/Paris", "Asia/Tokyo", "Australia/Lord_Howe", "UTC")


def days(rule, first, count=6, **options):
    rules = rule if isinstance(rule, list) else [rule]
    return list(islice(iterate_days(rules, first, **options), count))


def dates(*texts):
    return [date.fromisoformat(text) for text in texts]


class TestRules(unittest.TestCase):
    def test_every_two_weeks_on_two_days(self):
        self.assertEqual(
            days(Rule("week", 2, weekdays=(0, 3)), date(2026, 11, 3), 4),
            dates("2026-11-05", "2026-11-16", "2026-11-19", "2026-11-30"),
        )

    def test_the_31st_is_the_last_day_of_shorter_months(self):
        self.assertEqual(
            days(Rule("month", month_day=31), date(2027, 1, 31), 5),
            dates("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"),
        )
        self.assertEqual(
            days(Rule("month"), date(2028, 1, 30), 3),
            dates("2028-01-30", "2028-02-29", "2028-03-30"),
        )

    def test_the_31st_only(self):
        self.assertEqual(
            days(Rule("month", month_day=31, skip_short_months=True), date(2027, 1, 31), 3),
            dates("2027-01-31", "2027-03-31", "2027-05-31"),
        )

    def test_29_february(self):
        self.assertEqual(
            days(Rule("year"), date(2028, 2, 29), 5),
            dates("2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"),
        )

    def test_every_april_and_october(self):
        self.assertEqual(
            days(Rule("year", months=(4, 10)), date(2026, 10, 31), 4),
            dates("2026-10-31", "2027-04-30", "2027-10-31", "2028-04-30"),
        )

    def test_every_second_april(self):
        self.assertEqual(
            days(Rule("year", 2, months=(4,), month_day=10), date(2026, 4, 1), 3),
            dates("2026-04-10", "2028-04-10", "2030-04-10"),
        )

    def test_last_friday_and_second_tuesday(self):
        self.assertEqual(
            days(Rule("month", weekdays=(4,), position=-1), date(2026, 11, 1), 2),
            dates("2026-11-27", "2026-12-25"),
        )
        self.assertEqual(
            days(Rule("year", weekdays=(1,), position=2, months=(5, 9)), date(2026, 6, 1), 3),
            dates("2026-09-08", "2027-05-11", "2027-09-14"),
        )

    def test_weekly_in_summer_only(self):
        found = days(Rule("week", months=(5, 6), weekdays=(0,)), date(2026, 6, 20), 3)
        self.assertEqual(found, dates("2026-06-22", "2026-06-29", "2027-05-03"))

    def test_exclusive_rule_takes_away(self):
        rules = [Rule("week", weekdays=(0, 2)), Rule("week", weekdays=(2,), is_exclusive=True)]
        self.assertEqual(days(rules, date(2026, 11, 2), 2), dates("2026-11-02", "2026-11-09"))

    def test_no_rule_no_date(self):
        self.assertFalse(days([], date(2026, 11, 2)))
        self.assertFalse(days(Rule("day", is_exclusive=True), date(2026, 11, 2)))

    def test_from_and_until(self):
        found = days(
            Rule("day"), date(2026, 11, 2), after=date(2026, 11, 5), until=date(2026, 11, 6)
        )
        self.assertEqual(found, dates("2026-11-05", "2026-11-06"))


class TestClockChanges(unittest.TestCase):
    def _starts(self, first, zone=ZONE, count=2, unit="week"):
        found = iterate_occurrences([Rule(unit)], first, zone)
        return [occurrence.start for occurrence in islice(found, count)]

    def test_local_time_is_kept_in_spring_and_autumn(self):
        self.assertEqual(
            self._starts(datetime(2026, 3, 4, 8)),
            [datetime(2026, 3, 4, 13), datetime(2026, 3, 11, 12)],
        )
        self.assertEqual(
            self._starts(datetime(2026, 10, 28, 8)),
            [datetime(2026, 10, 28, 12), datetime(2026, 11, 4, 13)],
        )

    def test_an_hour_that_does_not_exist_is_taken_an_hour_later(self):
        # 8 March 2026: clocks go from 2:00 to 3:00.
        starts = self._starts(datetime(2026, 3, 7, 2, 30), unit="day", count=3)
        self.assertEqual(
            [to_local(start, ZONE).time() for start in starts],
            [time(2, 30), time(3, 30), time(2, 30)],
        )

    def test_an_hour_that_comes_twice_is_its_first(self):
        # 1 November 2026: 1:30 comes twice, at 5:30 and at 6:30 UTC.
        starts = self._starts(datetime(2026, 11, 1, 1, 30), count=1)
        self.assertEqual(starts, [datetime(2026, 11, 1, 5, 30)])

    def test_a_day_that_a_zone_skipped_is_no_second_visit(self):
        # Samoa had no 30 December 2011.
        starts = self._starts(datetime(2011, 12, 29, 10), "Pacific/Apia", 3, "day")
        self.assertEqual(len(set(starts)), 3)
        self.assertEqual(sorted(starts), starts)


@st.composite
def rule_strategy(draw):
    unit = draw(st.sampled_from(["day", "week", "month", "year"]))
    weekdays = tuple(draw(st.sets(st.integers(0, 6), max_size=3)))
    options = {"interval": draw(st.integers(1, 4))}
    if draw(st.booleans()):
        options["months"] = tuple(draw(st.sets(st.integers(1, 12), max_size=4)))
    if unit in ("month", "year") and draw(st.booleans()):
        options["month_day"] = draw(st.integers(0, 31))
    elif weekdays:
        options["weekdays"] = weekdays
        if unit in ("month", "year"):
            options["position"] = draw(st.sampled_from([1, 2, 3, 4, -1]))
    return Rule(unit, **options)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


class TestRuleProperties(unittest.TestCase):
    @settings(max_examples=200, deadline=None)
    @given(rule_strategy(), moments, st.sampled_from(ZONES), st.integers(0, 900))
    def test_occurrences(self, rule, first, zone, length):
        until = date.fromordinal(first.date().toordinal() + length)
        found = list(iterate_occurrences([rule], first, zone, until=until))
        for one, other in pairwise(found):
            self.assertLess(one.day, other.day)
            self.assertLess(one.start, other.start)
        for day, start in found:
            self.assertTrue(first.date() <= day <= until)
            local = to_local(start, zone)
            if local != datetime.combine(day, first.time()):
                # Only an hour that clocks skip that day is told otherwise, and by an hour at most.
                self.assertLessEqual(local - datetime.combine(day, first.time()), HOUR)
            if rule.months:
                self.assertIn(day.month, rule.months)
            if rule.weekdays:
                self.assertIn(day.weekday(), rule.weekdays)
            if rule.month_day and rule.unit in ("month", "year"):
                last = monthrange(day.year, day.month)[1]
                self.assertEqual(day.day, min(rule.month_day, last))

    @settings(max_examples=60, deadline=None)
    @given(rule_strategy(), moments, st.integers(0, 400))
    def test_a_later_look_sees_the_same_dates(self, rule, first, shift):
        first = first.date()
        after = date.fromordinal(first.toordinal() + shift)
        until = date.fromordinal(first.toordinal() + 900)
        whole = list(iterate_days([rule], first, until=until))
        self.assertEqual(
            list(iterate_days([rule], first, after, until)), [day for day in whole if day >= after]
        )

    @given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from([1, 3, 12]))
    def test_periods_are_months_end_to_end(self, day, months):
        start, end = get_period(day, months)
        self.assertTrue(start <= day <= end)
        self.assertEqual(start.day, 1)
        self.assertEqual((start.month - 1) % months, 0)
        following = date.fromordinal(end.toordinal() + 1)
        self.assertEqual(following.day, 1)
        self.assertEqual((following.year - start.year) * 12 + following.month - start.month, months)

    @given(
        st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=9),
        st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=9),
    )
    def test_pairs_are_one_to_one(self, old, new):
        pairs = pair_days(sorted(old), sorted(new))
        self.assertLessEqual(set(pairs), old)
        self.assertLessEqual(set(pairs.values()), new)
        self.assertEqual(len(set(pairs.values())), len(pairs))
        self.assertEqual(len(pairs), min(len(old), len(new)))
        self.assertTrue(all(pairs[day] == day for day in old & new))
