from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestPaySheet(PayCommon):
    """Sheets by hand: hours, overtime, days, rates, allowances, states."""

    def test_hours_by_kind(self):
        # 8 h of work, 1.5 h of travel, 2 h at the shop: 11.5 h × $30
        self._work("2026-11-03", 8.0)
        self._work("2026-11-03", 1.5, start=16, work_type="travel")
        self._work("2026-11-04", 2.0, job=self.env["fsm.order"], work_type="other")
        sheet = self._get_sheet(self._prepare())
        self.assertRecordValues(
            sheet,
            [
                {
                    "regular_hours": 8.0,
                    "travel_hours": 1.5,
                    "other_hours": 2.0,
                    "overtime_hours": 0.0,
                    "total_hours": 11.5,
                    "amount_total": 345.0,
                    "state": "prepared",
                }
            ],
        )

    def test_only_approved_hours_count(self):
        for day in range(2, 7):
            self._work(f"2026-11-0{day}", 9.0)
        waiting = self._work("2026-11-07", 10.0, approve=False)
        sheet = self._get_sheet(self._prepare())
        # 45 h: 40 at $30 and 5 at $45
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 5.0))
        self.assertEqual((sheet.amount_total, sheet.premium_amount), (1425.0, 75.0))
        waiting.timesheet_ids.action_approve()
        sheet.action_prepare()
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 15.0))

    def test_paid_time_without_a_job_counts_for_overtime(self):
        for day in range(2, 7):
            self._work(f"2026-11-0{day}", 8.0)
        self._work("2026-11-07", 3.0, job=self.env["fsm.order"], work_type="other")
        sheet = self._get_sheet(self._prepare())
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 3.0))

    def test_a_night_is_paid_on_both_its_days(self):
        # Sunday 15 November 22:00 to Monday 2:00: two hours in each period
        self._work("2026-11-15", 4.0, start=22)
        self.assertEqual(self._get_sheet(self._prepare()).total_hours, 2.0)
        self.assertEqual(self._get_sheet(self._prepare("2026-11-16")).total_hours, 2.0)

    def test_the_night_of_a_clock_change_has_the_hours_that_passed(self):
        self.company.pay_since = "2026-10-01"
        # 31 October 22:00 (UTC-4) to 1 November 6:00 (UTC-5): nine hours
        entry = self._clock(datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11))
        entry.timesheet_ids.action_approve()
        sheet = self._get_sheet(self._prepare("2026-11-01"))
        self.assertEqual(
            [(str(line.date), line.hours) for line in sheet.line_ids],
            [("2026-10-31", 2.0), ("2026-11-01", 7.0)],
        )

    def test_the_rate_is_that_of_the_day(self):
        self._work("2026-11-03", 8.0)
        self._work("2026-11-10", 8.0)
        self.employee.create_version({"date_version": "2026-11-09", "pay_rate": 32.0})
        sheet = self._get_sheet(self._prepare())
        self.assertEqual(sheet.line_ids.mapped("rate"), [30.0, 32.0])
        self.assertEqual(sheet.amount_total, 8 * 30 + 8 * 32)

    def test_half_months_cut_a_week_and_keep_its_overtime(self):
        self.company.write({"pay_period": "half_month", "pay_first_day": "2026-11-02"})
        # Week of Monday 9 November: six days of 9 h; the 16th begins another one
        for day in range(9, 15):
            self._work(f"2026-11-{day:02}", 9.0)
        sheet = self._get_sheet(self._prepare("2026-11-10"))
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 14.0))
        # Week of 26 October: five days in October, two in November
        self.company.pay_since = "2026-10-26"
        for day in ("2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30"):
            self._work(day, 8.0, employee=self.anne, start=9)
        self._work("2026-11-01", 5.0, employee=self.anne)
        sheet = self._get_sheet(self._prepare("2026-10-20"), self.anne)
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 0.0))
        self._prepare("2026-11-10")
        anne = self._get_sheet(self._prepare("2026-11-10"), self.anne)
        self.assertEqual((anne.regular_hours, anne.overtime_hours), (0.0, 5.0))

    def test_allowances(self):
        on_call = self.env.ref("sercom_pay.sercom_pay_allowance_type_on_call")
        call_in = self.env.ref("sercom_pay.sercom_pay_allowance_type_call_in")
        self.env["sercom.pay.allowance"].create(
            [
                {
                    "employee_id": self.employee.id,
                    "date": "2026-11-07",
                    "type_id": kind.id,
                    "quantity": quantity,
                    "unit_amount": amount,
                }
                for kind, quantity, amount in ((on_call, 2, 25.0), (call_in, 1.5, 0.0))
            ]
        )
        sheet = self._get_sheet(self._prepare())
        # Two nights of $25; one hour and a half at $30
        self.assertEqual((sheet.allowance_amount, sheet.amount_total), (95.0, 95.0))
        self._pay(sheet.period_id)
        with self.assertRaisesRegex(UserError, "locked Luc Gagnon"):
            sheet.line_ids.allowance_id[0].quantity = 9

    def test_states_say_who_and_when(self):
        self._work("2026-11-03", 8.0)
        period = self._prepare()
        sheet = self._get_sheet(period)
        period.with_user(self.accountant).action_check()
        self.assertEqual((sheet.state, sheet.checked_by_id), ("checked", self.accountant))
        sheet.with_user(self.accountant).action_back()
        self.assertFalse(sheet.checked_by_id)
        period.action_check()
        period.with_user(self.manager).action_lock()
        self.assertEqual((sheet.state, sheet.locked_by_id), ("locked", self.manager))
        self.assertTrue(sheet.locked_on)
        self.assertEqual(sheet.line_ids.attendance_id.timesheet_ids.approval_state, "locked")
        period.with_user(self.accountant).action_mark_paid()
        self.assertEqual((sheet.state, sheet.paid_by_id), ("paid", self.accountant))
        with self.assertRaisesRegex(UserError, "was checked"):
            sheet.unlink()

    def test_a_person_without_a_rate_is_named(self):
        self.employee.pay_rate = 0.0
        self._work("2026-11-03", 8.0)
        period = self._prepare()
        with self.assertRaisesRegex(UserError, "Luc Gagnon has no pay of an hour on 2026-11-03"):
            period.action_check()

    def test_hours_that_changed_since_the_check_are_looked_at_again(self):
        self._work("2026-11-03", 8.0)
        period = self._prepare()
        period.action_check()
        self._work("2026-11-04", 2.0)
        with self.assertRaisesRegex(UserError, "have changed since it was checked"):
            period.action_lock()

    def test_who_has_nothing_has_no_sheet(self):
        entry = self._work("2026-11-03", 8.0)
        self.assertEqual(self._prepare().sheet_ids.employee_id, self.employee)
        entry.timesheet_ids.action_reset_to_draft()
        self.assertFalse(self._prepare().sheet_ids)

    def test_hours_from_before_are_not_paid(self):
        self._work("2026-10-28", 8.0)
        self.assertFalse(self._prepare().sheet_ids)

    def test_periods_do_not_overlap(self):
        period = self.Period.create({"date_start": "2026-11-05"})
        self.assertEqual(str(period.date_start), "2026-11-02")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.Period.create({"date_start": "2026-11-09"})

    def test_many_people_cost_as_many_queries_as_few(self):
        def count(number, start):
            people = self.env["hr.employee"].create(
                [{"name": f"Crew {start} {i}", "tz": "America/Toronto"} for i in range(number)]
            )
            for person in people:
                person.version_id.write({"date_version": "2026-01-01", "pay_rate": 25.0})
                for day in ("03", "04", "05"):
                    self._work(f"2026-11-{day}", 8.0, employee=person)
            period = self._prepare()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            period.action_prepare()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(1, "warm")
        few = count(2, "few")
        self.assertLessEqual(count(8, "many"), few)
