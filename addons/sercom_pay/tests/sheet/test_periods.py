from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.sheet.periods import HALF_MONTH, TWO_WEEKS, WEEK, find_period, find_week

MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 1)
DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


@tagged("post_install", "-at_install")
class TestPeriods(BaseCase):
    def test_by_hand(self):
        cases = [
            (date(2026, 11, 2), WEEK, MONDAY, date(2026, 11, 2), date(2026, 11, 8)),
            (date(2026, 11, 8), WEEK, MONDAY, date(2026, 11, 2), date(2026, 11, 8)),
            (date(2026, 11, 1), WEEK, MONDAY, date(2026, 10, 26), date(2026, 11, 1)),
            (date(2026, 11, 1), WEEK, SUNDAY, date(2026, 11, 1), date(2026, 11, 7)),
            (date(2026, 11, 15), TWO_WEEKS, MONDAY, date(2026, 11, 2), date(2026, 11, 15)),
            (date(2026, 11, 16), TWO_WEEKS, MONDAY, date(2026, 11, 16), date(2026, 11, 29)),
            (date(2026, 10, 31), TWO_WEEKS, MONDAY, date(2026, 10, 19), date(2026, 11, 1)),
            # Over the end of a year
            (date(2026, 12, 31), TWO_WEEKS, MONDAY, date(2026, 12, 28), date(2027, 1, 10)),
            (date(2026, 11, 15), HALF_MONTH, MONDAY, date(2026, 11, 1), date(2026, 11, 15)),
            (date(2026, 11, 16), HALF_MONTH, MONDAY, date(2026, 11, 16), date(2026, 11, 30)),
            (date(2028, 2, 20), HALF_MONTH, MONDAY, date(2028, 2, 16), date(2028, 2, 29)),
        ]
        for day, kind, first, start, end in cases:
            with self.subTest(day=day, kind=kind, first=first):
                self.assertEqual(find_period(day, kind, first), (start, end))

    def test_weeks_begin_on_the_firms_day(self):
        self.assertEqual(find_week(date(2026, 11, 1), MONDAY), date(2026, 10, 26))
        self.assertEqual(find_week(date(2026, 11, 1), SUNDAY), SUNDAY)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DAYS, st.sampled_from([WEEK, TWO_WEEKS, HALF_MONTH]), DAYS)
    def test_each_day_is_in_one_period(self, day, kind, first):
        start, end = find_period(day, kind, first)
        self.assertTrue(start <= day <= end)
        self.assertEqual(find_period(start, kind, first), (start, end))
        self.assertEqual(find_period(end, kind, first), (start, end))
        after = find_period(end + timedelta(days=1), kind, first)
        self.assertEqual(after[0], end + timedelta(days=1))
