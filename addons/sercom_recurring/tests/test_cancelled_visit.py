from odoo.tests import freeze_time, tagged

from .common import RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 15:00:00")
class TestCancelledVisit(RecurringJobsCommon):
    def test_cancelling_a_visit_tells_that_the_others_stay(self):
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-03")
        user = self.user_dispatcher
        action = visit.with_user(user).action_ask_cancel()
        wizard = self.env["sercom.job.cancel"].with_user(user).browse(action["res_id"])
        line = wizard.line_ids.filtered(lambda line: line.key == "recurring")
        self.assertIn(recurring.name, line.name)
        self.assertEqual(line.action_open()["res_id"], recurring.id)
        wizard.reason_id = self.env.ref("sercom_jobs.sercom_job_cancel_reason_absent")
        wizard.action_cancel()
        self.assertEqual(len(self._get_days(recurring)), 3)

    def test_suspending_says_why_its_visits_are_cancelled(self):
        recurring = self._start_recurring()
        visits = recurring.fsm_order_ids
        recurring.with_user(self.user_dispatcher).action_suspend()
        self.assertEqual(set(visits.mapped("state")), {"cancelled"})
        self.assertEqual(set(visits.mapped("cancel_note")), {f"{recurring.name} is suspended."})
