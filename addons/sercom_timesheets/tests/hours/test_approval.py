from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...tools.hours.hours_change import HoursChange
from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestApproval(HoursCommon):
    """Draft → approved → locked: many at once, nobody their own, nothing that is billed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls._create_entry()
        cls.line = cls.entry.timesheet_ids

    def _as(self, user, lines=None):
        return (lines or self.line).with_user(user)

    def _bill(self):
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.client_partner.id}
        )
        self.line.sudo().timesheet_invoice_id = invoice
        return invoice

    def test_approving_says_who_and_when(self):
        self._as(self.user_officer).action_approve()
        self.assertRecordValues(
            self.line, [{"approval_state": "approved", "approved_by_id": self.user_officer.id}]
        )
        self.assertTrue(self.line.approved_on)
        self._as(self.user_officer).action_reset_to_draft()
        self.assertRecordValues(
            self.line, [{"approval_state": "draft", "approved_by_id": False, "approved_on": False}]
        )

    def test_approving_again_changes_nothing(self):
        self._as(self.user_officer).action_approve()
        self._as(self.user_manager).action_approve()
        self.assertEqual(self.line.approved_by_id, self.user_officer)

    def test_who_may_not_approve(self):
        for user in (self.user_technician, self.user_salesman, self.user_dispatcher):
            for action in ("action_approve", "action_reset_to_draft", "action_refuse"):
                with self.assertRaises(AccessError):
                    getattr(self._as(user), action)()

    def test_nobody_approves_their_own(self):
        for user in (self.user_officer, self.user_manager):
            employee = self.env["hr.employee"].create({"name": user.login, "user_id": user.id})
            line = self._create_entry(employee=employee).timesheet_ids
            if user == self.user_manager:
                self._as(user, line).action_approve()
                self.assertEqual(line.approval_state, "approved")
            else:
                with self.assertRaisesRegex(AccessError, "their own hours"):
                    self._as(user, line | self.line).action_approve()
                self.assertEqual(self.line.approval_state, "draft", "all or nothing")

    def test_an_edit_after_approval_comes_back(self):
        self._as(self.user_officer).action_approve()
        self.entry.with_user(self.user_officer).write({"check_out": self._at(3)})
        line = self.entry.timesheet_ids
        self.assertRecordValues(
            line, [{"approval_state": "draft", "is_reapproval": True, "approved_by_id": False}]
        )
        self._as(self.user_officer, line).action_approve()
        self.assertFalse(line.is_reapproval)

    def test_locking_and_unlocking(self):
        with self.assertRaises(AccessError):
            self._as(self.user_officer).action_lock()
        self._as(self.user_manager).action_lock()
        self.assertEqual(self.line.approval_state, "draft", "only what is approved is locked")
        self._as(self.user_officer).action_approve()
        self._as(self.user_accountant).action_lock()
        self.assertEqual(self.line.approval_state, "locked")
        for user in (self.user_officer, self.user_accountant):
            with self.assertRaises(AccessError):
                self._as(user).action_unlock("Why not")
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as(self.user_manager).action_unlock(" ")
        self._as(self.user_manager).action_unlock("Wrong day")
        self.assertEqual(self.line.approval_state, "approved")
        self.assertIn("Wrong day", self.line.approval_note)
        self.assertEqual(self.line.approved_by_id, self.user_officer)

    def test_billed_hours_stay_locked(self):
        self._as(self.user_officer).action_approve()
        self._as(self.user_manager).action_lock()
        invoice = self._bill()
        with self.assertRaisesRegex(UserError, "is billed on"):
            self._as(self.user_manager).action_unlock("Wrong day")
        with self.assertRaisesRegex(UserError, "Unlock it first"):
            self._as(self.user_officer).action_refuse("Not there")
        invoice.button_cancel()
        self._as(self.user_manager).action_unlock("The invoice is cancelled")
        self.assertEqual(self.line.approval_state, "approved")

    def test_refused_hours_wait_for_a_review(self):
        wizard = Form(
            self.env["sercom.hours.note"]
            .with_user(self.user_officer)
            .with_context(default_kind="refuse", default_line_ids=self.line.ids)
        )
        wizard.note = "The client says nobody came"
        wizard.save().action_apply()
        self.assertEqual(self.entry.review_reason, "refused")
        self.assertFalse(self.entry.timesheet_ids)
        message = self.entry.message_ids[:1]
        self.assertIn("nobody came", message.body)
        self.assertIn(self.user_technician.partner_id, message.notified_partner_ids)
        self.entry.with_user(self.user_officer).action_confirm_hours()
        self.assertEqual(self.entry.timesheet_ids.unit_amount, 2.0)

    def test_hours_typed_by_hand_are_not_refused(self):
        line = self.line.sudo().copy({"attendance_id": False})
        with self.assertRaisesRegex(UserError, "does not come from the clock"):
            self._as(self.user_officer, line).action_refuse("No")

    def test_hours_to_review_are_not_approved(self):
        self.entry.sudo().review_reason = "forgotten"
        line = self._create_entry(5).timesheet_ids
        line.sudo().attendance_id = self.entry
        with self.assertRaisesRegex(UserError, "waits for a review"):
            self._as(self.user_officer, line).action_approve()

    def test_locking_a_period(self):
        self._as(self.user_officer).action_approve()
        later = self._create_entry(24).timesheet_ids
        self._as(self.user_officer, later).action_approve()
        draft = self._create_entry(5).timesheet_ids
        for user in (self.user_officer, self.user_technician):
            with self.assertRaises(AccessError):
                self.env["sercom.period.lock"].with_user(user).create({"date_to": "2026-11-03"})
        wizard = (
            self.env["sercom.period.lock"]
            .with_user(self.user_accountant)
            .create({"date_to": "2026-11-03"})
        )
        self.assertRecordValues(
            wizard,
            [
                {
                    "approved_count": 1,
                    "approved_hours": 2.0,
                    "draft_count": 1,
                    "draft_hours": 2.0,
                }
            ],
        )
        wizard.action_lock()
        states = (self.line | later | draft).mapped("approval_state")
        self.assertEqual(states, ["locked", "approved", "draft"])
        with self.assertRaisesRegex(UserError, "Approve them first"):
            wizard.action_lock()

    def test_the_last_day_proposed_is_a_sunday(self):
        wizard = self.env["sercom.period.lock"].with_user(self.user_accountant).create({})
        self.assertEqual(str(wizard.date_to), "2026-11-01")

    # On the job

    def test_the_job_says_what_is_to_approve(self):
        self._create_entry(5, 1).timesheet_ids.sudo().approval_state = "locked"
        job = self.job.with_user(self.user_officer)
        self.assertEqual((job.hours_to_approve, job.hours_approved), (2.0, 1.0))
        job.action_approve_hours()
        job.invalidate_recordset()
        self.assertEqual((job.hours_to_approve, job.hours_approved), (0.0, 3.0))
        self.assertEqual(job.action_view_hours()["res_model"], "account.analytic.line")
        self.assertEqual(self.job.with_user(self.user_technician).hours_approved, 3.0)

    # Costs

    def test_approvers_see_no_cost(self):
        for user in (self.user_technician, self.user_officer):
            lines = self._as(user)
            self.assertEqual(lines.unit_amount, 2.0)
            with self.assertRaisesRegex(AccessError, "accountants and managers"):
                lines.read(["amount"])
            with self.assertRaises(AccessError):
                lines.search([("amount", "<", 0)])
            with self.assertRaises(AccessError):
                lines._read_group([], [], ["amount:sum"])
            self.assertNotIn("amount", lines.fields_get())
            for kind in ("list", "form", "pivot"):
                self.assertNotIn('field name="amount"', lines.get_view(view_type=kind)["arch"])
        for user in (self.user_manager, self.user_accountant):
            self._as(user).read(["amount"])

    def test_odoos_report_tells_approvers_no_cost(self):
        self.env.flush_all()
        Report = self.env["timesheets.analysis.report"]
        find = [("employee_id", "=", self.employee.id)]
        for user in (self.user_technician, self.user_officer):
            for name in ("amount", "margin"):
                with self.assertRaises(AccessError):
                    Report.with_user(user)._read_group(find, [], [f"{name}:sum"])
        hours = Report.with_user(self.user_officer)._read_group(find, [], ["unit_amount:sum"])
        self.assertEqual(hours, [(2.0,)])
        Report.with_user(self.user_manager)._read_group(find, [], ["amount:sum"])

    def test_users_without_field_service_keep_what_odoo_gives(self):
        user = self._create_user("bookkeeper", "hr_timesheet.group_hr_timesheet_approver")
        self._as(user).read(["amount"])

    def test_technicians_read_their_own_hours_only(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        others = self._create_entry(employee=other).timesheet_ids
        Line = self.env["account.analytic.line"].with_user(self.user_technician)
        found = Line.search([("fsm_order_id", "=", self.job.id)])
        self.assertEqual(found, self.line)
        self.assertFalse(others.with_user(self.user_technician).has_access("read"))
        self.assertFalse(self._as(self.user_technician).has_access("write"))

    # Many at once

    def test_queries_do_not_grow_with_the_lines(self):
        people = self.env["hr.employee"].create([{"name": f"P{n}"} for n in range(60)])

        def make(employees):
            entries = self.env["hr.attendance"].create(
                [
                    {
                        "employee_id": employee.id,
                        "fsm_order_id": self.job.id,
                        "check_in": self._at(0),
                        "check_out": self._at(1),
                    }
                    for employee in employees
                ]
            )
            # As a screen calls it: ids, read together.
            return self.env["account.analytic.line"].browse(entries.timesheet_ids.ids)

        batches = [make(people[:5]), make(people[5:10]), make(people[10:])]
        counts = [
            self._get_queries(self._as(self.user_officer, lines).action_approve)
            for lines in batches
        ]
        self.assertEqual(counts[1], counts[2], f"queries: {counts}")

    def test_approvers_are_reminded_once(self):
        Line = self.env["account.analytic.line"]
        kind = self.env.ref("sercom_timesheets.mail_activity_type_hours")
        find = [("activity_type_id", "=", kind.id)]
        Line._cron_remind_approvers()
        self.assertFalse(self.env["mail.activity"].search(find), "not seven days old yet")
        HoursChange().apply_to(self.line.sudo()).date = "2026-10-20"
        self.employee.attendance_manager_id = self.user_officer
        for _week in range(2):
            Line._cron_remind_approvers()
            activity = self.env["mail.activity"].search(find)
            self.assertEqual(activity.user_id, self.user_officer)
            self.assertIn("1 lines, 2 h", activity.summary)
        self._as(self.user_officer).action_approve()
        Line._cron_remind_approvers()
        self.assertFalse(self.env["mail.activity"].search(find))
