from datetime import date, datetime

from odoo.tests import TransactionCase

from ..tools.wording import format_day, format_moment, format_number


class TestWording(TransactionCase):
    """Days, moments and numbers are said as the reader's language says them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("fr_CA")

    def test_english_and_french(self):
        moment = datetime(2026, 11, 3, 14)
        for lang, day, at, number in (
            ("en_US", "Nov 3", "Nov 3, 09:00", "7.5"),
            ("fr_CA", "3 nov.", "3 nov., 09:00", "7,5"),
        ):
            env = self.env(context={"lang": lang})
            with self.subTest(lang):
                self.assertEqual(format_day(env, date(2026, 11, 3)), day)
                self.assertEqual(format_moment(env, moment, "America/Toronto"), at)
                self.assertEqual(format_number(env, 7.5), number)
                self.assertEqual(format_number(env, 3.0), "3")
