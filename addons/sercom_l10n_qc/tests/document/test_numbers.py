from odoo.tests import BaseCase, tagged

from ...tools.document.numbers import format_tax_number, is_licence


@tagged("post_install", "-at_install")
class TestNumbers(BaseCase):
    """Licences as the RBQ has them written (Building Act, s. 57.1); tax numbers."""

    def test_licence(self):
        for number, expected in (
            ("1234-5678-90", True),
            ("5555-0180-01", True),
            ("1234567890", False),
            ("1234-5678-9", False),
            ("RBQ 1234-5678-90", False),
            ("1234-5678-90 ", False),
            ("", False),
            (False, False),
        ):
            with self.subTest(number):
                self.assertEqual(is_licence(number), expected)

    def test_tax_numbers(self):
        for number, expected in (
            ("123456782RT0001", "123456782 RT0001"),
            ("12345 6782 rt 0001", "123456782 RT0001"),
            ("1012345678TQ0001", "1012345678 TQ0001"),
            ("1012345678 TQ 0001", "1012345678 TQ0001"),
            ("US12345671", "US12345671"),
            (False, ""),
        ):
            with self.subTest(number):
                self.assertEqual(format_tax_number(number), expected)
