from datetime import date, datetime, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ...tools.clock.clock import (
    FutureMomentError,
    OldMomentError,
    UnreadableMomentError,
    hours_to_allocate,
    insert_start,
    parse_moment,
    split_by_day,
    true_moment,
)

MONTREAL = "America/Toronto"
NOON = datetime(2026, 11, 3, 17)
minutes = st.integers(min_value=0, max_value=600).map(lambda number: timedelta(minutes=number))


def apply_start(spans, moment):
    """Spans after a start, as the clock writes them."""
    position, end = insert_start(spans, moment)
    spans = list(spans)
    if position is not None:
        spans[position] = (spans[position][0], moment)
    return sorted([*spans, (moment, end)], key=lambda span: (span[0], span[1] or datetime.max))


@tagged("post_install", "-at_install")
class TestClockRules(TestCase):
    def test_phone_clock_is_corrected(self):
        # The phone is an hour ahead, and tapped twenty minutes before it could send.
        ahead = timedelta(hours=1)
        tapped = NOON - timedelta(minutes=20)
        self.assertEqual(true_moment(tapped + ahead, NOON + ahead, NOON), tapped)
        self.assertEqual(true_moment(tapped - ahead, NOON - ahead, NOON), tapped)

    def test_without_its_time_a_phone_is_believed_within_minutes(self):
        self.assertEqual(true_moment(NOON + timedelta(minutes=4), None, NOON), NOON)
        with self.assertRaises(FutureMomentError):
            true_moment(NOON + timedelta(minutes=6), None, NOON)

    def test_a_tap_after_its_sending_is_refused(self):
        with self.assertRaises(FutureMomentError):
            true_moment(NOON + timedelta(seconds=1), NOON, NOON)

    def test_an_old_tap_is_refused(self):
        with self.assertRaises(OldMomentError):
            true_moment(NOON - timedelta(days=8), NOON, NOON)

    def test_moments_are_read(self):
        self.assertEqual(parse_moment("2026-11-03 17:00:00.9"), NOON)
        for text in ("", None, "noon", "2026-11-03T17:00:00+00:00"):
            with self.subTest(text), self.assertRaises(UnreadableMomentError):
                parse_moment(text)

    def test_hours_of_a_night_on_which_clocks_change(self):
        # 22:00–06:00 in Montréal, on 7–8 March, 31 October–1 November and an ordinary night.
        nights = [
            (datetime(2026, 3, 8, 3), datetime(2026, 3, 8, 10), 7.0),
            (datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11), 9.0),
            (datetime(2026, 11, 3, 3), datetime(2026, 11, 3, 11), 8.0),
        ]
        for start, end, hours in nights:
            days = split_by_day(start, end, MONTREAL)
            with self.subTest(start):
                self.assertEqual(sum(part for _day, part in days), hours)
                self.assertEqual(days[0][1], 2.0)
                self.assertEqual(len(days), 2)

    def test_an_end_at_midnight_belongs_to_the_day_before(self):
        # 20:00–24:00 in Montréal.
        start, end = datetime(2026, 11, 4, 1), datetime(2026, 11, 4, 5)
        self.assertEqual(split_by_day(start, end, MONTREAL), [(date(2026, 11, 3), 4.0)])
        self.assertEqual(split_by_day(end, end, MONTREAL), [])

    def test_hours_to_allocate(self):
        self.assertEqual(hours_to_allocate({"a": 3.0}, {}), {"a": 3.0})
        self.assertEqual(hours_to_allocate({"a": 3.0}, {"a": 3.0}), {})
        self.assertEqual(hours_to_allocate({"a": 2.5}, {"a": 3.0}), {"a": -0.5})
        self.assertEqual(hours_to_allocate({"b": 3.0}, {"a": 3.0}), {"a": -3.0, "b": 3.0})

    @given(minutes, minutes)
    def test_days_add_up_to_the_span(self, offset, length):
        start = datetime(2026, 10, 31, 20) + offset * 7
        end = start + length * 4
        days = split_by_day(start, end, MONTREAL)
        self.assertAlmostEqual(
            sum(hours for _day, hours in days), (end - start).total_seconds() / 3600
        )
        self.assertTrue(all(hours > 0 for _day, hours in days))
        self.assertEqual([day for day, _hours in days], sorted({day for day, _hours in days}))

    @given(st.permutations(range(8)), st.sets(minutes, min_size=1, max_size=8))
    def test_the_order_of_arrival_does_not_count(self, order, moments):
        moments = sorted(NOON + moment for moment in moments)
        expected = list(zip(moments, [*moments[1:], None], strict=True))
        spans = []
        for position in order:
            if position < len(moments):
                spans = apply_start(spans, moments[position])
        self.assertEqual(spans, expected)
