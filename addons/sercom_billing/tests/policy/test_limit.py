from odoo.tests import BaseCase, tagged

from ...tools.policy.limit import serve


@tagged("post_install", "-at_install")
class TestLimit(BaseCase):
    """An amount that lines share: the first are served first, parts in whole pieces."""

    def test_what_fits_is_billed(self):
        self.assertEqual(serve(100.0, [(2.0, 30.0, 0.01), (1.0, 40.0, 1.0)]), [2.0, 1.0])

    def test_the_first_are_served_first(self):
        self.assertEqual(serve(100.0, [(3.0, 30.0, 0.01), (1.0, 40.0, 1.0)]), [3.0, 0.0])
        self.assertEqual(serve(100.0, [(1.0, 40.0, 1.0), (3.0, 30.0, 0.01)]), [1.0, 2.0])

    def test_hours_fit_in_part_and_parts_do_not(self):
        granted = serve(100.0, [(2.0, 120.0, 0.01), (2.0, 20.0, 1.0)])
        self.assertAlmostEqual(granted[0], 0.83)
        self.assertEqual(granted[1], 0.0)
        self.assertEqual(serve(50.0, [(3.0, 20.0, 1.0)]), [2.0])

    def test_what_is_given_back_makes_room(self):
        self.assertEqual(serve(100.0, [(1.0, 130.0, 1.0), (-1.0, 30.0, 1.0)]), [1.0, -1.0])
        self.assertEqual(serve(100.0, [(1.0, -30.0, 1.0), (1.0, 130.0, 1.0)]), [1.0, 1.0])

    def test_nothing_left_bills_nothing(self):
        self.assertEqual(serve(0.0, [(1.0, 10.0, 1.0), (1.0, 0.0, 1.0)]), [0.0, 1.0])
        self.assertEqual(serve(-20.0, [(1.0, 10.0, 1.0)]), [0.0])
