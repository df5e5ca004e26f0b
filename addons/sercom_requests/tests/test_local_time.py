from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.local_time import add_days, day_start, local_date, local_days, to_local, to_utc

MONTREAL = "America/Toronto"


@tagged("post_install", "-at_install")
class TestLocalTime(BaseCase):
    def test_days_over_a_clock_change(self):
        bounds = local_days(date(2026, 10, 31), 3, MONTREAL)
        pairs = zip(bounds, bounds[1:], strict=False)
        lengths = [(end - start) / timedelta(hours=1) for start, end in pairs]
        self.assertEqual(bounds[0], datetime(2026, 10, 31, 4))
        self.assertEqual(lengths, [24.0, 25.0, 24.0])
        self.assertEqual(local_days(date(2026, 3, 8), 1, MONTREAL)[1], datetime(2026, 3, 9, 4))

    def test_date_of_a_night(self):
        self.assertEqual(local_date(datetime(2026, 11, 4, 4, 59), MONTREAL), date(2026, 11, 3))
        self.assertEqual(local_date(datetime(2026, 11, 4, 5), MONTREAL), date(2026, 11, 4))

    def test_start_of_a_day_in_two_zones(self):
        self.assertEqual(day_start(date(2026, 3, 8), MONTREAL), datetime(2026, 3, 8, 5))
        self.assertEqual(day_start(date(2026, 3, 9), MONTREAL), datetime(2026, 3, 9, 4))
        self.assertEqual(day_start(date(2026, 3, 9), "Europe/Paris"), datetime(2026, 3, 8, 23))

    def test_an_hour_that_is_skipped_and_one_that_comes_twice(self):
        self.assertEqual(to_utc(datetime(2026, 3, 8, 2, 30), MONTREAL), datetime(2026, 3, 8, 7, 30))
        self.assertEqual(
            to_local(datetime(2026, 3, 8, 7, 30), MONTREAL), datetime(2026, 3, 8, 3, 30)
        )
        self.assertEqual(
            to_utc(datetime(2026, 11, 1, 1, 30), MONTREAL), datetime(2026, 11, 1, 5, 30)
        )

    def test_days_on_the_clock_not_of_24_hours(self):
        eight = to_utc(datetime(2026, 10, 31, 8), MONTREAL)
        self.assertEqual(add_days(eight, 1, MONTREAL), to_utc(datetime(2026, 11, 1, 8), MONTREAL))
        self.assertEqual(add_days(eight, 1, MONTREAL) - eight, timedelta(hours=25))
