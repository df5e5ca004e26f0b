from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestClockReview(HoursCommon):
    """A supervisor's own edits, punches that were refused, and what is odd."""

    def _propose(self, entry, user=None, **vals):
        entry = entry.with_user(user or self.user_technician)
        return entry.action_propose_correction({"reason": "Forgot to tap", **vals})

    def _officer(self, correction):
        return correction.with_user(self.user_officer)

    # Direct edits

    def test_an_edit_by_a_supervisor_is_kept(self):
        entry = self._create_entry()
        entry.with_user(self.user_officer).write({"check_out": self._at(4)})
        correction = entry.correction_ids
        self.assertRecordValues(
            correction,
            [
                {
                    "source": "direct",
                    "state": "accepted",
                    "old_check_out": self._at(2),
                    "new_check_out": self._at(4),
                    "decided_by_id": self.user_officer.id,
                }
            ],
        )
        entry.with_user(self.user_officer).write({"check_out": self._at(4)})
        self.assertEqual(len(entry.correction_ids), 1, "nothing changed")

    def test_ending_an_open_entry_is_no_edit(self):
        entry = self._create_entry(hours=0)
        entry.with_user(self.user_officer).write({"check_out": self._at(4)})
        self.assertFalse(entry.correction_ids)

    def test_an_entry_does_not_change_hands(self):
        entry = self._create_entry()
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        with self.assertRaisesRegex(UserError, "somebody else's"):
            entry.with_user(self.user_officer).write({"employee_id": other.id})

    def test_deleting_keeps_what_it_said(self):
        entry = self._create_entry()
        self._propose(entry, check_out=self._at(3))
        entry.with_user(self.user_officer).unlink()
        kept = self.env["sercom.clock.correction"].search([("employee_id", "=", self.employee.id)])
        self.assertEqual(set(kept.mapped("state")), {"refused", "accepted"})
        direct = kept.filtered(lambda c: c.source == "direct")
        self.assertEqual((direct.old_check_in, direct.old_check_out), (self._at(0), self._at(2)))

    def test_approved_hours_are_not_deleted(self):
        for state in ("approved", "locked"):
            entry = self._create_entry(3 if state == "locked" else 0)
            entry.timesheet_ids.sudo().approval_state = state
            with self.assertRaisesRegex(UserError, "Luc Gagnon.*approved|are approved"):
                entry.with_user(self.user_officer).unlink()

    def test_decided_ones_stay(self):
        correction = self._propose(self._create_entry(), check_out=self._at(3))
        self._officer(correction).action_accept()
        with self.assertRaisesRegex(UserError, "is kept"):
            correction.with_user(self.user_manager).unlink()

    # Refused punches

    def _punch(self, uuid, kind, hours, **vals):
        punch = {"uuid": uuid, "kind": kind, "moment": str(self._at(hours)), **vals}
        return self.env["sercom.clock.correction"]._propose_from_punch(
            self.employee, punch, "You were on leave."
        )

    def test_a_refused_punch_is_kept_once(self):
        first = self._punch("a-1", "start", 0, job_id=self.job.id, work_type="travel")
        self.assertEqual(self._punch("a-1", "start", 0, job_id=self.job.id), first)
        self.assertRecordValues(
            first,
            [
                {
                    "source": "refused_punch",
                    "state": "proposed",
                    "new_check_in": self._at(0),
                    "new_check_out": False,
                    "new_fsm_order_id": self.job.id,
                    "new_work_type": "travel",
                    "reason": "You were on leave.",
                }
            ],
        )
        with self.assertRaisesRegex(ValidationError, "say when the person clocked out"):
            self._officer(first).action_accept()

    def test_the_end_completes_the_start(self):
        start = self._punch("b-1", "start", 0, job_id=self.job.id)
        end = self._punch("b-2", "end", 2)
        self.assertEqual(start, end)
        self.assertEqual(self._punch("b-2", "end", 2), start)
        self._officer(start).action_accept()
        self.assertEqual(start.attendance_id.clock_hours, 2.0)

    def test_a_refused_end_is_of_the_entry_before_it(self):
        entry = self._create_entry(hours=0)
        end = self._punch("c-1", "end", 3)
        self.assertEqual((end.attendance_id, end.new_check_out), (entry, self._at(3)))
        self._officer(end).action_accept()
        self.assertEqual(entry.check_out, self._at(3))

    @mute_logger("odoo.sql_db")
    def test_a_number_is_there_once(self):
        start = self._punch("d-1", "start", 0)
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.cr.savepoint():
            start.sudo().copy().punch_uuid = "d-1"
            self.env.flush_all()

    # Review

    def test_setting_the_job_of_hours_without_one(self):
        entry = self._create_entry(fsm_order_id=False)
        with self.assertRaises(AccessError):
            entry.with_user(self.user_technician).action_set_job(self.job.id)
        wizard = (
            self.env["sercom.set.job"]
            .with_user(self.user_officer)
            .create({"attendance_ids": entry.ids, "fsm_order_id": self.job.id})
        )
        wizard.action_apply()
        self.assertEqual(entry.fsm_order_id, self.job)
        self.assertEqual(entry.timesheet_ids.unit_amount, 2.0)
        self.assertFalse(entry.correction_ids.old_fsm_order_id)

    def test_finding_entries_with_a_proposal(self):
        entry, other = self._create_entry(), self._create_entry(5)
        self._propose(entry, check_out=self._at(3))
        both = entry | other
        domain = [("id", "in", both.ids)]
        found = both.search([*domain, ("has_open_correction", "=", True)])
        self.assertEqual(found, entry)
        found = both.search([*domain, ("has_open_correction", "=", False)])
        self.assertEqual(found, other)
        self.assertTrue(entry.has_open_correction)
        self.assertEqual(both.mapped("correction_count"), [1, 0])

    def test_labels_are_in_the_persons_zone(self):
        entry = self._create_entry()
        self.assertEqual(
            entry._get_entry_label(), f"Luc Gagnon, Nov 3, 09:00 – 11:00 ({self.job.name})"
        )
        late = self._create_entry(12, 6)
        self.assertIn("Nov 3, 21:00 – Nov 4, 03:00", late._get_entry_label())
        self.assertEqual(late.clock_hours, timedelta(hours=6).total_seconds() / 3600)
