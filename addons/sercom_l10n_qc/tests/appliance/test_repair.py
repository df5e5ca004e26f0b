from odoo.tests import BaseCase, tagged

from ...tools.appliance.repair import get_excess, get_missing, is_repair

WHOLE = {
    "description": "Heat pump Daikin, no 4711",
    "valid_until": "2026-12-15",
    "client_address": "12 rue Ontario",
    "firm_address": "1180 rue Bélanger",
    "lines": True,
}


@tagged("post_install", "-at_install")
class TestRepair(BaseCase):
    """Consumer Protection Act, ss. 170, 171, 184; Regulation r. 3, s. 79."""

    def test_work_of_50_dollars_or_less_is_no_repair(self):
        for total, expected in (
            (0.0, False),
            (49.99, False),
            (50.0, False),
            (50.004, False),
            (50.01, True),
            (400.0, True),
        ):
            with self.subTest(total):
                self.assertEqual(is_repair(total), expected)

    def test_what_an_estimate_says(self):
        self.assertEqual(get_missing(**WHOLE), [])
        for name, key in (
            ("description", "appliance"),
            ("valid_until", "validity"),
            ("client_address", "client"),
            ("firm_address", "firm"),
            ("lines", "work"),
        ):
            with self.subTest(name):
                self.assertEqual(get_missing(**{**WHOLE, name: False}), [key])

    def test_the_price_is_a_ceiling(self):
        for agreed, billed, expected in (
            (300.0, 300.0, 0.0),
            (300.0, 280.0, 0.0),
            (300.0, 300.004, 0.0),
            (300.0, 300.01, 0.01),
            (300.0, 420.0, 120.0),
        ):
            with self.subTest((agreed, billed)):
                self.assertEqual(get_excess(agreed, billed), expected)
