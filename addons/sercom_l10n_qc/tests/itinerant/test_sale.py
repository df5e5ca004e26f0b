from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.itinerant.sale import (
    CLIENT,
    CONTACTED,
    DECONTAMINATION,
    ELSEWHERE,
    ENVELOPE,
    FIRM,
    HEATING,
    HOME,
    INSULATION,
    REPAIR,
    get_last_day_to_cancel,
    is_banned,
    is_itinerant,
)


@tagged("post_install", "-at_install")
class TestSale(BaseCase):
    """Consumer Protection Act, ss. 55, 57, 59, 244.7; Regulation r. 3, ss. 7, 7.1, 91.19."""

    def test_itinerant(self):
        for place, asked_by, kinds, expected, source in (
            (HOME, CLIENT, (), False, "57"),
            (HOME, CLIENT, (HEATING,), False, "57"),
            (HOME, CLIENT, (ENVELOPE,), True, "r. 3, 7"),
            (HOME, CLIENT, (INSULATION,), True, "r. 3, 7"),
            (HOME, CONTACTED, (), True, "r. 3, 7.1"),
            (HOME, REPAIR, (HEATING,), True, "r. 3, 91.19"),
            (HOME, FIRM, (), True, "55 (a)"),
            (ELSEWHERE, CLIENT, (HEATING,), False, "55"),
            (ELSEWHERE, CONTACTED, (), False, "r. 3, 7.1: at the consumer's address"),
            (ELSEWHERE, CLIENT, (ENVELOPE,), False, "r. 3, 7: at the consumer's address"),
            (ELSEWHERE, FIRM, (), True, "55 (a)"),
            (False, False, (HEATING,), False, "nothing is known"),
        ):
            with self.subTest(source, place=place, asked_by=asked_by):
                self.assertEqual(is_itinerant(place, asked_by, kinds), expected)

    def test_banned(self):
        for place, asked_by, kinds, essential, expected in (
            (HOME, FIRM, (HEATING,), False, True),
            (HOME, CONTACTED, (HEATING,), False, True),
            (HOME, FIRM, (DECONTAMINATION,), False, True),
            (HOME, FIRM, (INSULATION,), False, True),
            (HOME, FIRM, (ENVELOPE,), False, False),  # allowed, with ten days to cancel
            (HOME, FIRM, (), False, False),
            (HOME, CLIENT, (HEATING,), False, False),  # no itinerant sale
            (HOME, CLIENT, (INSULATION,), False, False),  # exempt
            (HOME, CLIENT, (INSULATION, HEATING), False, True),
            (HOME, REPAIR, (HEATING,), False, True),
            (HOME, REPAIR, (HEATING,), True, False),  # r. 3, s. 91.19
            (HOME, REPAIR, (HEATING, INSULATION), True, True),
            (HOME, FIRM, (HEATING,), True, True),  # nobody had asked for a repair
            (ELSEWHERE, CLIENT, (HEATING,), False, False),
        ):
            with self.subTest(place=place, asked_by=asked_by, kinds=kinds, essential=essential):
                self.assertEqual(is_banned(place, asked_by, kinds, essential), expected)

    def test_ten_days(self):
        """s. 59: the day of the contract does not count."""
        for signed, last in (
            (date(2026, 11, 30), date(2026, 12, 10)),
            (date(2026, 12, 25), date(2027, 1, 4)),
            (date(2028, 2, 20), date(2028, 3, 1)),
        ):
            with self.subTest(signed):
                self.assertEqual(get_last_day_to_cancel(signed), last)
