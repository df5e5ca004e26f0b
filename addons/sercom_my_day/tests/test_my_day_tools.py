from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.my_day import arrival_window, local_date, local_days

MONTREAL = "America/Toronto"


@tagged("post_install", "-at_install")
class TestMyDayTools(BaseCase):
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

    def test_arrival_by_the_road(self):
        early, late = arrival_window(
            datetime(2026, 11, 3, 14, 2, 30), datetime(2026, 11, 3, 15), minutes=20
        )
        self.assertEqual(early, datetime(2026, 11, 3, 14, 20))
        self.assertEqual(late, datetime(2026, 11, 3, 14, 50))

    def test_arrival_without_knowing_the_road(self):
        start = datetime(2026, 11, 3, 15)
        early, _late = arrival_window(datetime(2026, 11, 3, 14), start)
        self.assertEqual(early, start)
        early, _late = arrival_window(datetime(2026, 11, 3, 15, 30), start)
        self.assertEqual(early, datetime(2026, 11, 3, 15, 45))

    def test_arrival_after_midnight(self):
        early, late = arrival_window(datetime(2026, 11, 3, 23, 50), datetime(2026, 11, 3), 15)
        self.assertEqual(early, datetime(2026, 11, 4, 0, 5))
        self.assertEqual(late, datetime(2026, 11, 4, 0, 35))
