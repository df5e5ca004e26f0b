from odoo.tests import tagged

from odoo.addons.sercom_pay.tests.common import PayCommon


@tagged("post_install", "-at_install")
class TestCallIn(PayCommon):
    """Act respecting labour standards (CQLR, c. N-1.1), s. 58: Luc earns $30 an hour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.is_call_in_paid = True

    def _get_amount(self):
        return self._get_sheet(self._prepare()).amount_total

    def test_one_hour_is_paid_as_three(self):
        self._work("2026-11-03", 1.0)
        sheet = self._get_sheet(self._prepare())
        self.assertEqual((sheet.regular_hours, sheet.other_hours), (1.0, 2.0))
        self.assertEqual(sheet.amount_total, 90.0)
        self.assertTrue(sheet.line_ids.filtered(lambda line: "Three hours' pay" in line.name))

    def test_travel_and_work_are_one_attendance(self):
        self._work("2026-11-03", 1.0, work_type="travel")
        self._work("2026-11-03", 1.0, start=9)
        self.assertEqual(self._get_amount(), 90.0)

    def test_twice_in_a_day(self):
        self._work("2026-11-03", 1.0)
        self._work("2026-11-03", 1.0, start=18)
        self.assertEqual(self._get_amount(), 180.0)

    def test_overtime_that_brings_as_much(self):
        for day in range(2, 7):
            self._work(f"2026-11-0{day}", 8.0)
        self._work("2026-11-07", 2.0)
        # 40 h at $30, 2 h at $45, which are three hours' pay
        self.assertEqual(self._get_amount(), 1290.0)

    def test_a_night_is_one_attendance(self):
        self._work("2026-11-03", 4.0, start=22)
        self.assertEqual(self._get_amount(), 120.0)

    def test_off_and_exempt(self):
        self._work("2026-11-03", 1.0)
        self.employee.is_call_in_exempt = True
        self.assertEqual(self._get_amount(), 30.0)
        self.employee.is_call_in_exempt = False
        self.company.is_call_in_paid = False
        self.assertEqual(self._get_amount(), 30.0)

    def test_hours_that_come_after_payment_take_it_back(self):
        self._work("2026-11-03", 1.0)
        period = self._prepare()
        self._pay(period)
        self._work("2026-11-03", 2.0, start=9)
        later = self._get_sheet(self._prepare("2026-11-16"))
        # $90 was paid; three hours are $90
        self.assertEqual(later.amount_total, 0.0)
        self.assertEqual(sum(later.line_ids.mapped("hours")), 0.0)
