from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestHoursKept(ClockCommon):
    """Hours are counted once, on the job, block and order line that they are of."""

    def _bill(self, job):
        """Invoice what is approved on an hourly job."""
        invoice = job.sale_id._create_invoices(final=True)
        invoice.action_post()
        return invoice

    def _clock_billed(self, hours=3):
        """A job with hours that are billed: the job, its entry and the billed timesheet."""
        job = self._create_hourly_job()
        entry = self._clock(self.start, self.start + hours * HOUR, job=job)
        line = entry.timesheet_ids
        line.approval_state = "approved"
        self._bill(job)
        return job, entry, line

    def test_how_somebody_punched_counts_no_hours(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        entry.write({"out_mode": "manual"})
        self.assertEqual(entry.timesheet_ids.mapped("unit_amount"), [2.0])

    def test_the_block_follows_the_job(self):
        other = self._create_billable_job()
        block = self.job.assignment_ids
        self._assign(other, start=self.start + 4 * HOUR)
        entry = self._clock(self.start, self.start + 2 * HOUR)
        self.assertEqual(entry.assignment_id, block)
        self.assertEqual(block.worked_hours, 2.0)
        entry.fsm_order_id = other
        self.assertEqual(entry.assignment_id, other.assignment_ids)
        self.assertEqual((block.worked_hours, other.assignment_ids.worked_hours), (0.0, 2.0))
        entry.fsm_order_id = False
        self.assertFalse(entry.assignment_id)

    def test_billed_work_that_was_travel_is_given_back(self):
        job, entry, line = self._clock_billed()
        entry.work_type = "travel"
        self.assertEqual((job.worked_hours, job.travel_hours), (0.0, 3.0))
        back = entry.timesheet_ids.filtered("is_adjustment")
        self.assertEqual((back.unit_amount, back.work_type), (-3.0, "work"))
        self.assertEqual(back.so_line, line.so_line)
        self.assertFalse((entry.timesheet_ids - line - back).so_line)
        entry.work_type = "work"
        self.assertEqual(entry.timesheet_ids, line)

    def test_hours_are_given_back_where_they_were_billed(self):
        job, entry, line = self._clock_billed()
        elsewhere = self._create_hourly_job()
        billed_on = line.so_line
        # The job goes on to another order.
        job.sale_line_ids.fsm_order_id = False
        elsewhere.sale_line_ids.fsm_order_id = job
        entry.check_out = self.start + 2 * HOUR
        adjustment = entry.timesheet_ids - line
        self.assertEqual((adjustment.unit_amount, adjustment.so_line), (-1.0, billed_on))
        (line | adjustment).invalidate_recordset()
        elsewhere.sale_line_ids.sudo().fsm_order_id = elsewhere
        self.assertEqual(adjustment.so_line, billed_on)

    def test_what_a_credit_note_gave_back_is_settled(self):
        job, entry, line = self._clock_billed()
        invoice = line.timesheet_invoice_id
        entry.check_out = self.start + 2 * HOUR
        adjustment = entry.timesheet_ids - line
        adjustment.approval_state = "approved"
        credit = self._bill(job)
        self.assertEqual((credit.move_type, credit.invoice_line_ids.quantity), ("out_refund", 1.0))
        self.assertEqual(line.timesheet_invoice_id, invoice)
        self.assertEqual(adjustment.timesheet_invoice_id, credit)
        # By period, only what was worked since is left.
        late = self._clock(self.start + 4 * HOUR, self.start + 9 * HOUR, job=job)
        late.timesheet_ids.approval_state = "approved"
        order_line = job.sale_line_ids
        order_line._recompute_qty_to_invoice(self.start.date(), self.start.date())
        self.assertEqual(order_line.qty_to_invoice, 5.0)

    def test_who_approved_and_what_is_billed_is_not_written_by_hand(self):
        line = self._clock(self.start, self.start + HOUR).timesheet_ids
        line.approval_state = "approved"
        approver = self._create_user("kept_approver", "hr_timesheet.group_hr_timesheet_approver")
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.client_partner.id}
        )
        for vals in (
            {"timesheet_invoice_id": invoice.id},
            {"approved_by_id": approver.id},
            {"is_reapproval": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                line.with_user(approver).write(vals)

    def test_locked_hours_keep_their_order_line_and_stay(self):
        line = self.env["account.analytic.line"].create(
            {
                "name": "Phone call",
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "unit_amount": 0.5,
            }
        )
        plain = self.env["account.analytic.line"].create(
            {
                "name": "Study",
                "employee_id": self.employee.id,
                "project_id": self.company.service_project_id.id,
                "unit_amount": 1.0,
            }
        )
        (line | plain).approval_state = "locked"
        with self.assertRaisesRegex(UserError, "locked"):
            line.so_line = False
        with self.assertRaisesRegex(UserError, "locked"):
            plain.unlink()

    def test_an_approver_gives_their_hours_to_nobody(self):
        user = self._create_user("kept_own", "hr_timesheet.group_hr_timesheet_approver")
        own = self.env["hr.employee"].create({"name": "Own", "user_id": user.id})
        line = self._clock(self.start, self.start + HOUR, employee=own).timesheet_ids
        line.sudo().user_id = self.env.ref("base.user_admin")
        with self.assertRaisesRegex(AccessError, "their own hours"):
            line.with_user(user).action_approve()

    def test_what_somebody_made_free_stays_free(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        entry.timesheet_ids.write({"so_line": False, "is_so_line_edited": True})
        entry.check_out = self.start + 3 * HOUR
        self.assertEqual(entry.timesheet_ids.unit_amount, 3.0)
        self.assertFalse(entry.timesheet_ids.so_line)

    def test_a_late_punch_cuts_no_refused_hours(self):
        entry = self._clock(self.start, self.start + 3 * HOUR)
        entry.timesheet_ids.action_refuse("Not there")
        punch = self._at(self.start + HOUR, uuid="late")
        with freeze_time(self.start + 5 * HOUR), self.assertRaisesRegex(UserError, "refused"):
            self.job.with_user(self.user_technician).action_clock_out(punch=punch)
        self.assertFalse(entry.timesheet_ids)

    def test_an_end_sent_again_after_a_late_start_is_known(self):
        other = self._create_billable_job()
        self._assign(other, start=self.start + 4 * HOUR)
        end = self._at(self.start + 3 * HOUR, uuid="end")
        with freeze_time(self.start):
            self.job.with_user(self.user_technician).action_clock_in()
        with freeze_time(self.start + 5 * HOUR):
            entry = self.job.with_user(self.user_technician).action_clock_out(punch=end)
            late = self._at(self.start + HOUR, uuid="start")
            second = other.with_user(self.user_technician).action_clock_in(punch=late)
            again = self.job.with_user(self.user_technician).action_clock_out(punch=end)
        self.assertEqual(again, second)
        self.assertEqual((entry.clock_hours, second.clock_hours), (1.0, 2.0))

    def test_nobody_confirms_their_own_hours(self):
        groups = "fieldservice.group_fsm_dispatcher,hr_attendance.group_hr_attendance_user"
        user = self._create_user("kept_officer", groups)
        own = self.env["hr.employee"].create({"name": "Own", "user_id": user.id})
        entry = self._clock(self.start, self.start + 20 * HOUR, employee=own)
        with self.assertRaisesRegex(AccessError, "their own hours"):
            entry.with_user(user).action_confirm_hours()
        self.assertFalse(entry.timesheet_ids)
        other = self._clock(self.start, self.start + 20 * HOUR)
        other.with_user(user).action_confirm_hours()
        self.assertFalse(other.review_reason)
