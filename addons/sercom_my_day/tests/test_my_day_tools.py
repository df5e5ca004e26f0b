from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.my_day import arrival_window, settle_moment


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


@tagged("post_install", "-at_install")
class TestSettleMoment(BaseCase):
    """When something happened, by a clock that was wrong, or set, or both."""

    NOW = datetime(2026, 11, 3, 15)

    def _settle(self, told, **reckonings):
        """Minutes before now at which it happened, and whether that is proven.

        :param told: minutes before now that the phone's clock showed
        """
        shown = self.NOW - timedelta(minutes=told)
        moment, is_proven = settle_moment(shown, self.NOW, **reckonings)
        return (self.NOW - moment).total_seconds() / 60, is_proven

    def test_clock_that_is_right(self):
        self.assertEqual(self._settle(30), (30, True))
        self.assertEqual(self._settle(30, offset=0, is_offset_sure=True, age=1800), (30, True))

    def test_clock_that_is_wrong_all_the_time(self):
        sent = self.NOW + timedelta(hours=2)
        self.assertEqual(self._settle(-90, sent=sent), (30, True))
        self.assertEqual(self._settle(-90, sent=sent, offset=-7200), (30, True))

    def test_clock_set_right_between_punch_and_sync(self):
        """It was two hours ahead: 30 minutes ago reads as 90 minutes from now."""
        known = {"offset": -7200, "is_offset_sure": True}
        self.assertEqual(self._settle(-90, **known), (30, True))
        self.assertEqual(self._settle(-90, offset=-7200, age=1800), (30, True))
        # Two hours behind, nobody is sure: it may have been 150 or 30 minutes ago.
        self.assertEqual(self._settle(150, offset=7200, age=1800), (30, True))
        self.assertEqual(self._settle(150, offset=7200), (30, False))

    def test_clock_set_between_the_server_and_the_punch(self):
        """The server told the time to a clock that was set since: the last one is right."""
        sent = self.NOW + timedelta(hours=2)
        self.assertEqual(self._settle(-90, sent=sent, offset=0, age=1800), (30, True))

    def test_what_cannot_be_proven_is_never_later_than_now(self):
        self.assertEqual(self._settle(-90), (0, False))
        self.assertEqual(self._settle(-90, age=600), (10, False))
        self.assertEqual(self._settle(-90, offset=0), (0, False))
        # A phone that slept: the second clock stood still meanwhile.
        self.assertEqual(self._settle(150, offset=7200, age=60), (30, False))
