from odoo.tests import BaseCase, tagged

from ...tools.planning.travel import Travel, distance_km, to_place


@tagged("post_install", "-at_install")
class TestTravel(BaseCase):
    def test_montreal_to_quebec(self):
        self.assertAlmostEqual(distance_km((45.5019, -73.5674), (46.8131, -71.2075)), 233, delta=2)

    def test_time_with_detour_and_margin(self):
        one, two = (45.5, -73.6), (45.5, -73.5)
        travel = Travel(speed=60.0, detour=1.5, margin=10.0)
        km = 1.5 * distance_km(one, two)
        self.assertAlmostEqual(travel.get_seconds(one, two), 60 * km + 600, delta=1)
        self.assertEqual(travel.get_seconds(one, two), travel.get_seconds(two, one))

    def test_no_travel_at_one_place_or_to_an_unknown_one(self):
        travel = Travel()
        self.assertEqual(travel.get_seconds((45.5, -73.6), (45.5, -73.6)), 0)
        self.assertEqual(travel.get_seconds((45.5, -73.6), to_place(0.0, 0.0)), 0)
        self.assertIsNone(travel.get_km(None, (45.5, -73.6)))
