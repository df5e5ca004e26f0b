from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...hooks import pre_init_hook
from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestJobDates(ClockCommon):
    """The job's actual start and end follow the clock entries, corrections too."""

    def test_the_first_work_is_the_start(self):
        self._clock(self.start, self.start + HOUR, work_type="travel")
        self.assertFalse(self.job.date_start)
        entry = self._clock(self.start + HOUR, self.start + 2 * HOUR)
        self.assertEqual((self.job.date_start, self.job.state), (entry.check_in, "in_progress"))
        entry.check_in += HOUR / 2
        self.assertEqual(self.job.date_start, self.start + 1.5 * HOUR)

    def test_an_entry_that_moves_takes_the_start_along(self):
        entry = self._clock(self.start, self.start + HOUR)
        other = self._create_job()
        entry.fsm_order_id = other
        self.assertFalse(self.job.date_start)
        self.assertEqual((other.date_start, other.state), (self.start, "in_progress"))

    def test_a_deleted_entry_leaves_the_next_start(self):
        first = self._clock(self.start, self.start + HOUR)
        self._clock(self.start + 2 * HOUR, self.start + 3 * HOUR)
        first.unlink()
        self.assertEqual(self.job.date_start, self.start + 2 * HOUR)

    def test_a_start_typed_on_the_job_stays(self):
        self.job.date_start = self.start - HOUR
        entry = self._clock(self.start, self.start + HOUR)
        entry.check_in += HOUR / 2
        self.assertEqual(self.job.date_start, self.start - HOUR)

    def test_the_end_of_a_done_job_follows(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        with freeze_time(self.start + 5 * HOUR):
            self.job.action_complete()
        self.assertEqual(self.job.date_end, self.start + 2 * HOUR)
        entry.check_out -= HOUR
        self.assertEqual(self.job.date_end, self.start + HOUR)

    def test_nobody_edits_their_own_entry(self):
        entry = self._clock(self.start, self.start + HOUR)
        officer = new_test_user(
            self.env, "sercom_clock_officer", "hr_attendance.group_hr_attendance_user"
        )
        entry.with_user(officer).check_out = self.start + 2 * HOUR
        self.employee.user_id = officer
        with self.assertRaisesRegex(AccessError, "their own hours"):
            entry.with_user(officer).check_out = self.start + 3 * HOUR
        self.assertEqual(entry.check_out, self.start + 2 * HOUR)

    def test_overlapping_attendances_stop_the_installation(self):
        pre_init_hook(self.env)
        self.env.cr.execute("ALTER TABLE hr_attendance DROP CONSTRAINT hr_attendance_no_overlap")
        self._clock(self.start, self.start + 2 * HOUR)
        self._clock(self.start + 2 * HOUR, self.start + 3 * HOUR)
        self.env.flush_all()
        pre_init_hook(self.env)
        self._clock(self.start + HOUR, self.start + 3 * HOUR)
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Luc Gagnon"):
            pre_init_hook(self.env)
