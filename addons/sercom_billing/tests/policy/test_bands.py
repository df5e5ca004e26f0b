from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.policy.bands import Band, split_by_band

ZONE = "America/Toronto"
EVENING = Band(1, "weekdays", 17.0, 8.0)
WEEKEND = Band(2, "weekend")
MOMENTS = st.integers(0, 60 * 24 * 400).map(lambda n: datetime(2026, 1, 1) + timedelta(minutes=n))


@tagged("post_install", "-at_install")
class TestBands(BaseCase):
    """Which hours of a shift are in which band, by the clocks of the site."""

    def test_an_evening_is_told_from_the_day(self):
        # Tuesday, 15:00 to 19:30 in Montréal.
        start = datetime(2026, 11, 3, 20)
        shared = split_by_band(start, start + timedelta(hours=4.5), ZONE, [EVENING, WEEKEND])
        self.assertEqual(shared, {None: 2.0, 1: 2.5})

    def test_before_the_day_begins_too(self):
        start = datetime(2026, 11, 3, 12, 15)  # 7:15
        self.assertEqual(
            split_by_band(start, start + timedelta(hours=1.5), ZONE, [EVENING]),
            {1: 0.75, None: 0.75},
        )

    def test_friday_evening_turns_into_the_weekend(self):
        start = datetime(2026, 11, 7, 3)  # Friday, 22:00
        shared = split_by_band(start, start + timedelta(hours=4), ZONE, [EVENING, WEEKEND])
        self.assertEqual(shared, {1: 2.0, 2: 2.0})

    def test_a_night_on_which_clocks_change(self):
        night = Band(3, "all", 22.0, 6.0)
        for start, end, hours in (
            (datetime(2026, 3, 8, 3), datetime(2026, 3, 8, 10), 7.0),
            (datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11), 9.0),
        ):
            self.assertEqual(split_by_band(start, end, ZONE, [night]), {3: hours})
        early = Band(4, "all", 1.0, 3.0)  # 1:00 to 2:00 comes twice, then not 2:00 to 3:00
        shared = split_by_band(
            datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11), ZONE, [early, night]
        )
        self.assertEqual(shared, {3: 6.0, 4: 3.0})
        shared = split_by_band(
            datetime(2026, 3, 8, 3), datetime(2026, 3, 8, 10), ZONE, [early, night]
        )
        self.assertEqual(shared, {3: 6.0, 4: 1.0})

    def test_only_in_its_time(self):
        band = Band(5, first_day=date(2026, 11, 4), last_day=date(2026, 11, 4))
        start = datetime(2026, 11, 3, 5)
        shared = split_by_band(start, start + timedelta(days=3), ZONE, [band])
        self.assertEqual(shared, {None: 48.0, 5: 24.0})

    def test_whom_it_fits(self):
        self.assertTrue(EVENING.fits(False, False))
        self.assertFalse(Band(6, is_urgent=True).fits(False, False))
        self.assertTrue(Band(6, is_urgent=True).fits(False, True))
        self.assertFalse(Band(7, positions=frozenset({3})).fits(4, True))

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
    @given(MOMENTS, st.integers(0, 60 * 20 * 60))
    def test_no_time_is_lost(self, start, seconds):
        end = start + timedelta(seconds=seconds)
        shared = split_by_band(start, end, ZONE, [EVENING, WEEKEND])
        self.assertAlmostEqual(sum(shared.values()), seconds / 3600, 6)
