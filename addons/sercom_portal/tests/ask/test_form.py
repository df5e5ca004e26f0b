from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.ask.form import LINES, read_form

TODAY = date(2026, 11, 3)
GOOD = {
    "name": "  Luc   Roy ",
    "email": "Luc@Example.com",
    "phone": "514 555-0199",
    "street": "12 rue Cartier",
    "city": "Laval",
    "need": "It leaks",
    "consent": "1",
}


@tagged("post_install", "-at_install")
class TestForm(BaseCase):
    """What a visitor typed, and what is wrong with it."""

    def test_all_is_well(self):
        asked = read_form({**GOOD, "day": "2026-11-05", "day_part": "morning"}, TODAY)
        self.assertEqual(asked.errors, {})
        self.assertEqual(asked.values["name"], "Luc Roy")
        self.assertEqual(asked.values["email"], "luc@example.com")
        self.assertEqual(asked.early, datetime(2026, 11, 5, 8))
        self.assertEqual(asked.late, datetime(2026, 11, 5, 12))

    def test_what_is_wrong(self):
        for change, name, code in (
            ({"name": " "}, "name", "missing"),
            ({"need": "\x00\n "}, "need", "missing"),
            ({"need": "x" * 4001}, "need", "long"),
            ({"need": "x" * 10_000_000}, "need", "long"),
            ({"email": "luc@"}, "email", "wrong"),
            ({"email": "luc@nowhere"}, "email", "wrong"),
            ({"email": "a@b.ca, c@d.ca"}, "email", "wrong"),
            ({"email": "a" * 200 + "@b.ca"}, "email", "long"),
            ({"phone": "call me"}, "phone", "wrong"),
            ({"phone": "<script>"}, "phone", "wrong"),
            ({"street": "y" * 121}, "street", "long"),
            ({"consent": ""}, "consent", "missing"),
            ({"day": "2026-11-02"}, "day", "wrong"),
            ({"day": "9999-99-99"}, "day", "wrong"),
            ({"day": "2028-01-01"}, "day", "wrong"),
        ):
            with self.subTest(change=str(change)[:60]):
                self.assertEqual(read_form({**GOOD, **change}, TODAY).errors, {name: code})

    def test_who_has_signed_in_says_what_only(self):
        self.assertEqual(read_form({"need": "Again"}, TODAY, is_known=True).errors, {})

    def test_odd_choices_are_the_usual_ones(self):
        asked = read_form({**GOOD, "urgency": "9", "day": "2026-11-03", "day_part": "x"}, TODAY)
        self.assertEqual(asked.values["urgency"], "normal")
        self.assertEqual(asked.late, datetime(2026, 11, 3, 17))

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.dictionaries(
            st.sampled_from([*GOOD, "day", "day_part", "urgency"]), st.text(max_size=20)
        )
    )
    def test_whatever_is_typed(self, form):
        asked = read_form(form, TODAY)
        for name in LINES:
            self.assertNotIn("\n", asked.values[name])
        if not asked.errors:
            self.assertLessEqual(len(asked.values["need"]), 4000)
