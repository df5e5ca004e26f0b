from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.sheet.ledger import Entitlement, Posted, reckon_due

DAY = date(2026, 11, 3)


def want(source="a", hours=8.0, amount=240.0):
    return Entitlement(source, DAY, "work", hours=hours, rate=30.0, amount=amount)


def have(hours=8.0, amount=240.0, number=1):
    return Posted(DAY, "work", hours, amount, number)


@tagged("post_install", "-at_install")
class TestDue(BaseCase):
    def _due(self, wanted, posted):
        return [
            (one.source, one.hours, one.amount, one.number) for one in reckon_due(wanted, posted)
        ]

    def test_what_is_on_no_sheet_is_due(self):
        self.assertEqual(self._due([want()], {}), [("a", 8.0, 240.0, 1)])

    def test_what_is_on_a_sheet_is_not_due_again(self):
        self.assertEqual(self._due([want()], {"a": have()}), [])

    def test_what_was_taken_away_is_given_back(self):
        self.assertEqual(self._due([], {"a": have()}), [("a", -8.0, -240.0, 2)])

    def test_a_raise_that_came_late_is_money_without_hours(self):
        self.assertEqual(
            self._due([want(amount=256.0)], {"a": have(number=3)}), [("a", 0.0, 16.0, 4)]
        )

    def test_less_than_a_tenth_of_a_cent_is_nothing(self):
        self.assertEqual(self._due([want(amount=240.0000001)], {"a": have(hours=8.0000001)}), [])
