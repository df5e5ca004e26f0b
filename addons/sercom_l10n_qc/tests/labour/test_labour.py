from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ...tools.labour.standards import (
    Attendance,
    get_call_in_amount,
    get_week_pay,
    is_meal_due,
    is_meal_paid,
    is_travel_work,
    join_attendances,
    split_week,
)

START = datetime(2026, 11, 3, 14)


def come(start, hours, rate=30.0):
    return Attendance(start, START + timedelta(hours=start), hours, hours * rate)


@tagged("post_install", "-at_install")
class TestLabour(BaseCase):
    """Act respecting labour standards (CQLR, c. N-1.1), ss. 52 to 58 and 79, reckoned by hand."""

    def test_call_in(self):
        for attendances, expected, note in (
            ([(0, 1.0, 30.0)], 60.0, "one hour: three are paid"),
            ([(0, 2.0, 30.0)], 30.0, "two of six usual hours: one more (the CNESST's example)"),
            ([(0, 3.0, 30.0)], 0.0, "three hours"),
            ([(0, 2.75, 30.0)], 7.5, "a quarter of an hour is left"),
            ([(0, 8.0, 30.0)], 0.0, "a day"),
            ([(0, 2.0, 45.0)], 0.0, "two hours of overtime bring as much"),
            ([(0, 1.0, 45.0)], 45.0, "one hour of overtime does not"),
            ([(0, 1.0, 30.0), (1.0, 1.0, 30.0)], 30.0, "travel and work follow one another"),
            ([], 0.0, "nobody came"),
        ):
            with self.subTest(note):
                came = [come(*one) for one in attendances]
                self.assertAlmostEqual(get_call_in_amount(came, 30.0), expected)

    def test_what_is_one_attendance(self):
        for attendances, expected in (
            ([(0, 1), (1, 1)], [2]),
            ([(0, 1), (1.5, 1)], [2]),  # half an hour for a meal
            ([(0, 1), (2, 1)], [2]),
            ([(0, 1), (2.1, 1)], [1, 1]),
            ([(8, 1), (0, 1)], [1, 1]),
            ([(0, 4), (1, 1), (4.5, 1)], [3]),
            ([], []),
        ):
            with self.subTest(attendances):
                groups = join_attendances([come(*one) for one in attendances])
                self.assertEqual([len(group) for group in groups], expected)

    def test_overtime(self):
        for hours, regular, overtime, pay in (
            (38.0, 38.0, 0.0, 1140.0),
            (40.0, 40.0, 0.0, 1200.0),
            (40.5, 40.0, 0.5, 1222.5),
            (52.0, 40.0, 12.0, 1740.0),
        ):
            with self.subTest(hours):
                self.assertEqual(split_week(hours), (regular, overtime))
                self.assertEqual(get_week_pay(hours, 30.0), pay)

    def test_meal_and_travel(self):
        self.assertFalse(is_meal_due(5.0))
        self.assertTrue(is_meal_due(5.25))
        self.assertTrue(is_meal_paid(may_leave=False))
        self.assertFalse(is_meal_paid(may_leave=True))
        self.assertTrue(is_travel_work(is_required=True))
        self.assertFalse(is_travel_work(is_required=False))
