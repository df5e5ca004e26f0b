from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.monday.weeks import add_up_ages, get_age, get_trend, get_weeks

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@tagged("post_install", "-at_install")
class TestWeeks(BaseCase):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DAYS)
    def test_weeks_follow_each_other(self, today):
        last, before, now = get_weeks(today)
        self.assertEqual({day.weekday() for day in (last, before, now)}, {0})
        self.assertTrue(now <= today < now + timedelta(days=7))
        self.assertEqual((now - last).days, 7)
        self.assertEqual((last - before).days, 7)

    def test_ages(self):
        today = date(2026, 11, 30)
        for days, age in ((-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (90, 3), (91, 4)):
            self.assertEqual(get_age(today - timedelta(days=days), today), age, days)
        self.assertEqual(get_age(None, today), 0)
        amounts = [(today, 5.0), (None, 1.0), (date(2026, 1, 1), 3.0)]
        self.assertEqual(add_up_ages(amounts, today), [6.0, 0.0, 0.0, 0.0, 3.0])

    def test_trend(self):
        self.assertEqual(get_trend(2, 1), "good")
        self.assertEqual(get_trend(2, 1, is_more_better=False), "bad")
        self.assertEqual(get_trend(2, 2.001), "")
        self.assertEqual(get_trend(2, None), "")
