from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..tools.my_day import arrival_window


@tagged("post_install", "-at_install")
class TestMyDayTools(BaseCase):
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
