from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestPayCorrections(PayCommon):
    """What changes after the pay is a line of the next sheet; what was paid stays as it was."""

    def setUp(self):
        super().setUp()
        self.entry = self._work("2026-11-03", 8.0)
        self.period = self._prepare()
        self.sheet = self._get_sheet(self.period)
        self._pay(self.period)

    def _next(self):
        return self._get_sheet(self._prepare("2026-11-16"))

    def test_hours_that_move_to_another_job_are_not_paid_on_both(self):
        other = self._create_billable_job()
        self.entry.fsm_order_id = other
        # Approved on the new job, and not yet given back on the old one
        self.entry.timesheet_ids.filtered(lambda line: line.fsm_order_id == other).action_approve()
        self.assertFalse(self._next())
        self.entry.timesheet_ids.action_approve()
        self.assertFalse(self._next())

    def test_hours_that_leave_their_job_are_not_paid_twice(self):
        self.entry.fsm_order_id = False
        self.entry.action_approve_pay()
        self.assertFalse(self._next())
        self.entry.timesheet_ids.action_approve()
        self.assertFalse(self._next())

    def test_nothing_changed_nothing_due(self):
        self.assertFalse(self._next())
        self.period.action_prepare()
        self.assertEqual(self.sheet.amount_total, 240.0)

    def test_an_hour_less(self):
        # The supervisor corrects the end: 7 h. The adjustment counts once it is approved.
        self.entry.check_out = self.entry.check_in.replace(hour=20)
        self.assertFalse(self._next())
        self.entry.timesheet_ids.filtered("is_adjustment").action_approve()
        sheet = self._next()
        self.assertRecordValues(
            sheet.line_ids,
            [
                {
                    "hours": -1.0,
                    "amount": -30.0,
                    "number": 2,
                    "is_correction": True,
                    "corrected_sheet_id": self.sheet.id,
                }
            ],
        )
        self.assertEqual((sheet.amount_before, sheet.amount_total), (240.0, -30.0))
        self.assertEqual((self.sheet.amount_total, self.sheet.state), (240.0, "paid"))

    def test_hours_approved_late_are_on_the_next_sheet(self):
        self._work("2026-11-05", 4.0)
        sheet = self._next()
        self.assertEqual((sheet.total_hours, sheet.correction_hours), (4.0, 4.0))
        self.assertIn("approved late", sheet.line_ids.name)

    def test_a_raise_decided_late(self):
        self.employee.create_version({"date_version": "2026-11-03", "pay_rate": 32.0})
        sheet = self._next()
        self.assertEqual((sheet.total_hours, sheet.amount_total), (0.0, 16.0))

    def test_late_hours_make_overtime_of_what_came_after(self):
        for day in range(9, 14):
            self._work(f"2026-11-{day:02}", 8.0)
        sheet = self._next()
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (40.0, 0.0))
        self._pay(sheet.period_id)
        # Two hours of Monday that week, approved later: the last two of Friday were overtime
        self._work("2026-11-09", 2.0, start=17)
        sheet = self._get_sheet(self._prepare("2026-11-30"))
        self.assertEqual((sheet.regular_hours, sheet.overtime_hours), (0.0, 2.0))
        self.assertEqual(sheet.amount_total, 2 * 45.0)

    def test_unlocking_paid_hours_takes_a_reason_that_the_sheet_keeps(self):
        hours = self.entry.timesheet_ids
        with self.assertRaisesRegex(UserError, "why"):
            hours.with_user(self.manager).action_unlock("")
        with self.assertRaises(AccessError):
            hours.with_user(self.accountant).action_unlock("Because")
        self.assertFalse(hours.filtered(lambda line: line.approval_state != "locked"))
        hours.with_user(self.manager).action_unlock("Wrong person")
        self.assertIn("Wrong person", self.sheet.message_ids[0].body)
        hours.action_reset_to_draft()
        self.assertEqual(self._next().amount_total, -240.0)

    def test_paid_time_without_a_job(self):
        loose = self._work("2026-11-05", 2.0, job=self.env["fsm.order"], work_type="other")
        sheet = self._next()
        self._pay(sheet.period_id)
        with self.assertRaisesRegex(UserError, "Take its approval back first"):
            loose.check_out = loose.check_in.replace(hour=23)
        with self.assertRaisesRegex(UserError, "Take its approval back first"):
            loose.unlink()
        with self.assertRaisesRegex(UserError, "Say why"):
            loose.action_unapprove_pay()
        loose.with_user(self.manager).action_unapprove_pay("Was lunch")
        self.assertIn("Was lunch", sheet.message_ids[0].body)
        self.assertIn("Was lunch", loose.message_ids[0].body)
        sheet = self._get_sheet(self._prepare("2026-11-30"))
        self.assertEqual((sheet.other_hours, sheet.amount_total), (-2.0, -60.0))

    def test_hours_without_a_job_that_change_are_approved_again(self):
        loose = self._work("2026-11-05", 2.0, job=self.env["fsm.order"], work_type="other")
        loose.check_out = loose.check_in.replace(hour=23)
        self.assertFalse(loose.is_pay_approved)

    def test_an_open_sheet_holds_its_hours(self):
        self._work("2026-11-17", 8.0)
        first = self._next()
        # Prepared, not locked: the sheet after it does not pay the same hours
        self.assertFalse(self._get_sheet(self._prepare("2026-11-30")))
        self.assertEqual(first.total_hours, 8.0)

    def test_the_database_refuses_a_second_line_of_the_same_number(self):
        line = self.sheet.line_ids
        self._work("2026-11-17", 8.0)
        other = self._next()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            line.copy({"sheet_id": other.id, "source": line.source, "number": 1})
            self.env.flush_all()
