from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, freeze_time, tagged

from ...tools.hours.typed_hours import find_wrong_hours
from ..common_hours import HoursCommon

DAY, TODAY = date(2026, 11, 3), date(2026, 11, 5)


@tagged("post_install", "-at_install")
class TestTypedHoursRule(BaseCase):
    def test_what_nobody_can_have_worked(self):
        for day, job, on, is_cancelled, expected in (
            (8.0, 8.0, DAY, False, None),
            (24.0, 24.0, DAY, False, None),
            (24.01, 1.0, DAY, False, "day"),
            (0.0, 0.0, DAY, False, None),
            (3.0, -0.5, DAY, False, "negative"),
            (8.0, 8.0, TODAY, False, None),
            (8.0, 8.0, date(2026, 11, 6), False, "future"),
            (8.0, 8.0, DAY, True, "cancelled"),
        ):
            self.assertEqual(find_wrong_hours(day, job, on, TODAY, is_cancelled), expected)


@tagged("post_install", "-at_install")
class TestTypedHours(HoursCommon):
    """Hours that are typed or imported are such as can have been worked."""

    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time("2026-11-05 15:00"))

    def _type(self, hours, on=DAY, **vals):
        lines = self.env["account.analytic.line"].with_user(self.user_manager)
        return lines.create(
            {
                "name": "Typed",
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "date": on,
                "unit_amount": hours,
                **vals,
            }
        )

    def _refuses(self, words, hours, **vals):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            self._type(hours, **vals)
        self.env.invalidate_all()

    def test_a_day_has_24_hours(self):
        self._refuses("26.00 hours", 26)
        self._type(20)
        self._refuses("26.00 hours", 6)
        line = self._type(4)
        with self.assertRaisesRegex(UserError, "25.00 hours"), self.env.cr.savepoint():
            line.unit_amount = 5
        self.env.invalidate_all()
        self._type(6, on=date(2026, 11, 2))

    def test_two_at_once_count_together(self):
        lines = self.env["account.analytic.line"].with_user(self.user_manager)
        vals = {
            "name": "Typed",
            "employee_id": self.employee.id,
            "fsm_order_id": self.job.id,
            "date": DAY,
            "unit_amount": 13,
        }
        with self.assertRaisesRegex(UserError, "26.00 hours"):
            lines.create([vals, vals])

    def test_no_negative_hours(self):
        self._refuses("less than no hours", -2)
        # What adjusts hours that are there takes them back.
        self._type(3)
        self._type(-1)
        self._refuses("less than no hours", -2.5)

    def test_no_hours_to_come(self):
        self._refuses("to come", 2, on=date(2026, 11, 6))
        self._type(2, on=date(2026, 11, 5))

    def test_no_hours_on_a_cancelled_job(self):
        line = self._type(2)
        self.job.sudo()._move_to("cancelled")
        self._refuses("is cancelled", 1)
        line.unit_amount = 1.5
        self.assertEqual(line.unit_amount, 1.5)

    def test_an_hour_costs_no_less_than_nothing(self):
        with self.assertRaisesRegex(ValidationError, self.employee.name):
            self.employee.hourly_cost = -1
