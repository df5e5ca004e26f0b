from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestClockCorrection(HoursCommon):
    """A technician proposes, a supervisor decides, and what was there before is kept."""

    def _propose(self, entry, user=None, **vals):
        entry = entry.with_user(user or self.user_technician)
        return entry.action_propose_correction({"reason": "Forgot to tap", **vals})

    def _officer(self, correction):
        return correction.with_user(self.user_officer)

    # Proposing

    def test_a_proposal_changes_nothing(self):
        entry = self._create_entry()
        correction = self._propose(entry, check_out=self._at(3))
        self.assertRecordValues(
            correction,
            [
                {
                    "state": "proposed",
                    "source": "technician",
                    "employee_id": self.employee.id,
                    "old_check_in": self._at(0),
                    "old_check_out": self._at(2),
                    "old_fsm_order_id": self.job.id,
                    "new_check_in": self._at(0),
                    "new_check_out": self._at(3),
                    "new_fsm_order_id": self.job.id,
                    "proposed_by_id": self.user_technician.id,
                }
            ],
        )
        self.assertEqual(entry.check_out, self._at(2))
        self.assertEqual(sum(entry.timesheet_ids.mapped("unit_amount")), 2.0)

    def test_the_supervisor_is_asked(self):
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        self.assertEqual(
            correction.activity_ids.user_id,
            self.env["hr.employee"]._get_general_supervisors(self.company)[:1],
        )
        self.employee.attendance_manager_id = self.user_officer
        correction = self._propose(self._create_entry(5), check_out=self._at(8))
        self.assertEqual(correction.activity_ids.user_id, self.user_officer)
        self._officer(correction).action_accept()
        self.assertFalse(correction.activity_ids)

    def test_nobody_is_asked_about_their_own_hours(self):
        self.employee.attendance_manager_id = self.user_technician
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        self.assertNotIn(self.user_technician, correction.activity_ids.user_id)

    def test_the_dialog_says_what_the_clock_says(self):
        entry = self._create_entry()
        action = entry.with_user(self.user_technician).action_propose_correction()
        Correction = self.env["sercom.clock.correction"].with_user(self.user_technician)
        view = "sercom_timesheets.sercom_clock_correction_view_form_propose"
        with Form(Correction.with_context(**action["context"]), view) as form:
            self.assertEqual(form.new_check_in, self._at(0))
            form.new_check_out = self._at(3)
            form.reason = "Drove back late"
        self.assertEqual(form.record.attendance_id, entry)
        self.assertEqual(form.record.old_check_out, self._at(2))
        self.assertEqual(form.record.new_fsm_order_id, self.job)

    def test_the_dialog_is_about_who_was_at_work(self):
        """A supervisor who clocks too opens it for somebody else: the entry's person and work."""
        entry = self._create_entry()
        entry.work_type = "travel"
        self.env["hr.employee"].create({"name": "Boss", "user_id": self.user_manager.id})
        action = entry.with_user(self.user_manager).action_propose_correction()
        Correction = self.env["sercom.clock.correction"].with_user(self.user_manager)
        view = "sercom_timesheets.sercom_clock_correction_view_form_propose"
        form = Form(Correction.with_context(**action["context"]), view)
        self.assertEqual(form.employee_id, self.employee)
        self.assertEqual(form.new_work_type, "travel")

    def test_a_second_proposal_replaces_the_first(self):
        entry = self._create_entry()
        first = self._propose(entry, check_out=self._at(3))
        second = self._propose(entry, check_out=self._at(4))
        self.assertEqual((first.state, second.state), ("withdrawn", "proposed"))

    def test_evidence_cannot_be_made_up(self):
        entry = self._create_entry()
        correction = (
            self.env["sercom.clock.correction"]
            .with_user(self.user_technician)
            .create(
                {
                    "attendance_id": entry.id,
                    "new_check_out": self._at(3),
                    "reason": "x",
                    "state": "accepted",
                    "source": "forgotten",
                    "old_check_out": self._at(9),
                    "decided_by_id": self.user_manager.id,
                }
            )
        )
        self.assertRecordValues(
            correction,
            [
                {
                    "state": "proposed",
                    "source": "technician",
                    "old_check_out": self._at(2),
                    "decided_by_id": False,
                }
            ],
        )
        with self.assertRaises(AccessError):
            correction.with_user(self.user_technician).write({"new_check_out": self._at(4)})
        for vals in ({"state": "accepted"}, {"old_check_out": self._at(9)}):
            with self.assertRaises(AccessError):
                self._officer(correction).write(vals)

    def test_only_ones_own(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        entry = self._create_entry(employee=other)
        with self.assertRaises(AccessError):
            self._propose(entry, check_out=self._at(3))
        with self.assertRaisesRegex(AccessError, "Anne Roy"):
            self.env["sercom.clock.correction"].with_user(self.user_technician).propose(
                {
                    "employee_id": other.id,
                    "check_in": self._at(0),
                    "check_out": self._at(1),
                    "reason": "x",
                }
            )
        correction = self._propose(entry, self.user_officer, check_out=self._at(3))
        self.assertEqual(correction.source, "direct")
        found = self.env["sercom.clock.correction"].with_user(self.user_technician).search([])
        self.assertNotIn(correction, found)

    def test_a_user_without_employee_reads_why(self):
        with self.assertRaisesRegex(UserError, "no employee record"):
            self.env["sercom.clock.correction"].with_user(self.user_officer).propose(
                {"check_in": self._at(0), "check_out": self._at(1), "reason": "x"}
            )

    # Bad input

    def test_times_that_cannot_be(self):
        entry = self._create_entry()
        for vals, words in (
            ({"check_out": self._at(-1)}, "not after the clock-in"),
            ({"check_out": self._at(0)}, "not after the clock-in"),
            ({"check_out": self._at(31)}, "in the future"),
            ({"check_in": self._at(-24)}, "longer than 24 hours"),
            ({"check_out": False}, "say when the person clocked out"),
            ({"check_out": self._at(3), "reason": "  "}, "say why"),
        ):
            with (
                self.subTest(fields=list(vals), words=words),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                self._propose(entry, **vals)

    def test_an_overlap_names_who_and_when(self):
        entry = self._create_entry()
        self._create_entry(3, 1)
        words = "Luc Gagnon, Nov 3, 12:00 – 13:00"
        with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
            self._propose(entry, check_out=self._at(3.5))
        self._propose(entry, check_out=self._at(3))  # they may touch

    def test_a_cancelled_job_is_refused(self):
        entry = self._create_entry()
        cancelled = self._create_job(person_id=self.worker.id)
        cancelled.action_cancel()
        with self.assertRaisesRegex(ValidationError, "is cancelled"):
            self._propose(entry, fsm_order_id=cancelled.id)

    def test_a_job_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        job = self.env["fsm.order"].create(
            {"location_id": self._create_site(company_id=company.id).id, "company_id": company.id}
        )
        with self.assertRaises(UserError):
            self._propose(self._create_entry(), fsm_order_id=job.id)

    # Deciding

    def test_accepting_moves_the_entry_and_its_hours(self):
        entry = self._create_entry()
        correction = self._propose(entry, check_out=self._at(3))
        self._officer(correction).action_accept()
        self.assertEqual(entry.check_out, self._at(3))
        self.assertEqual(sum(entry.timesheet_ids.mapped("unit_amount")), 3.0)
        self.assertRecordValues(
            correction,
            [
                {
                    "state": "accepted",
                    "old_check_out": self._at(2),
                    "decided_by_id": self.user_officer.id,
                }
            ],
        )
        self.assertTrue(correction.decided_on)

    def test_a_missing_entry_is_made(self):
        correction = (
            self.env["sercom.clock.correction"]
            .with_user(self.user_technician)
            .propose(
                {
                    "check_in": self._at(0),
                    "check_out": self._at(1.5),
                    "fsm_order_id": self.job.id,
                    "reason": "Phone was dead",
                }
            )
        )
        self.assertFalse(self.env["hr.attendance"].search([("employee_id", "=", self.employee.id)]))
        self._officer(correction).action_accept()
        entry = correction.attendance_id
        self.assertEqual((entry.check_in, entry.check_out), (self._at(0), self._at(1.5)))
        self.assertEqual(entry.timesheet_ids.unit_amount, 1.5)

    def test_refusing_leaves_the_entry_and_says_why(self):
        entry = self._create_entry()
        correction = self._propose(entry, check_out=self._at(3))
        self._officer(correction).action_refuse("You left at eleven")
        self.assertEqual((correction.state, entry.check_out), ("refused", self._at(2)))
        message = correction.message_ids[:1]
        self.assertIn("You left at eleven", message.body)
        self.assertEqual(message.notification_ids.res_partner_id, self.user_technician.partner_id)

    def test_withdrawing(self):
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        with self.assertRaises(AccessError):
            self._officer(correction).action_withdraw()
        correction.with_user(self.user_technician).action_withdraw()
        self.assertEqual(correction.state, "withdrawn")
        with self.assertRaisesRegex(UserError, "withdrawn by sercom_technician"):
            self._officer(correction).action_accept()

    def test_a_decision_is_taken_once(self):
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        self._officer(correction).action_accept()
        for decide in ("action_accept", "action_refuse", "action_withdraw"):
            with self.assertRaisesRegex(UserError, "accepted by hours_officer"):
                getattr(correction.with_user(self.user_manager), decide)()
        with self.assertRaises(UserError):
            self._officer(correction).write({"new_check_out": self._at(4)})

    def test_the_supervisor_may_adjust_before_accepting(self):
        entry = self._create_entry()
        correction = self._officer(self._propose(entry, check_out=self._at(3)))
        correction.write({"new_check_out": self._at(2.5), "decision_note": "Gate log says 11:30"})
        correction.action_accept()
        self.assertEqual(entry.check_out, self._at(2.5))

    def test_accepting_checks_again(self):
        entry = self._create_entry()
        correction = self._propose(entry, check_out=self._at(4))
        self._create_entry(2.5, 1)
        with self.assertRaisesRegex(ValidationError, "overlaps"):
            self._officer(correction).action_accept()
        self.assertEqual(correction.state, "proposed")

    def test_what_was_not_to_change_is_left_as_it_is_now(self):
        entry = self._create_entry(hours=0)
        correction = self._propose(entry, check_in=self._at(-1))
        entry.check_out = self._at(2)
        self._officer(correction).action_accept()
        self.assertEqual((entry.check_in, entry.check_out), (self._at(-1), self._at(2)))
        self.assertEqual(correction.old_check_out, self._at(2))

    def test_another_proposal_of_the_entry_gives_way(self):
        entry = self._create_entry()
        own = self._propose(entry, check_out=self._at(3))
        other = self._propose(entry, self.user_officer, check_out=self._at(4))
        self._officer(other).action_accept()
        self.assertEqual((own.state, entry.check_out), ("refused", self._at(4)))

    def test_nobody_decides_on_their_own_hours(self):
        for user, refused in ((self.user_officer, True), (self.user_manager, False)):
            employee = self.env["hr.employee"].create({"name": user.login, "user_id": user.id})
            entry = self._create_entry(employee=employee)
            correction = self._propose(entry, user, check_out=self._at(3))
            if refused:
                self.assertFalse(correction.with_user(user).may_decide)
                with self.assertRaisesRegex(AccessError, "their own hours"):
                    correction.with_user(user).action_accept()
            else:
                correction.with_user(user).action_accept()
                self.assertEqual(entry.check_out, self._at(3))

    def test_technicians_and_sales_decide_nothing(self):
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        for user in (self.user_technician, self.user_salesman, self.user_internal):
            with self.assertRaises(AccessError):
                correction.with_user(user).action_accept()

    def test_locked_hours_get_an_adjustment(self):
        entry = self._create_entry()
        entry.timesheet_ids.sudo().approval_state = "locked"
        correction = self._propose(entry, check_out=self._at(3), reason="Stayed to clean")
        self._officer(correction).action_accept()
        adjustment = entry.timesheet_ids.filtered("is_adjustment")
        self.assertEqual(adjustment.unit_amount, 1.0)
        self.assertEqual(adjustment.adjustment_reason, "Stayed to clean")
