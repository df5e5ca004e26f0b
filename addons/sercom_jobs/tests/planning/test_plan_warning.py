from datetime import timedelta

from lxml import etree

from odoo.tests import Form, tagged

from .common import ConflictCommon


@tagged("post_install", "-at_install")
class TestPlanWarning(ConflictCommon):
    """What speaks against a plan is told where it is typed, before it is saved."""

    def _open(self, job):
        return Form(job.with_user(self.user_dispatcher))

    def test_the_warning_is_beside_the_worker(self):
        arch = self.job.with_user(self.user_dispatcher).get_view(view_type="form")["arch"]
        arch = etree.fromstring(arch)
        [warning] = arch.xpath("//div[@name='plan_warning']")
        beside = {node.get("name") for node in warning.getparent().iterchildren("field")}
        self.assertLessEqual({"scheduled_date_start", "scheduled_duration", "person_id"}, beside)
        technician = self.job.with_user(self.user_technician).get_view(view_type="form")["arch"]
        self.assertNotIn("plan_conflict_text", technician)

    def test_hours_outside_the_shift_are_told_while_typing(self):
        with self._open(self.job) as form:
            form.person_id = self.worker
            form.scheduled_date_start = self._at(9)
            form.scheduled_duration = 2.0
            self.assertFalse(form.plan_conflict_text)
            form.scheduled_date_start = self._at(19)
            self.assertIn("Luc Gagnon does not work at that time", form.plan_conflict_text)
            self.assertFalse(form.is_plan_blocked)
        # Saved, it says the same of the assignment that was made.
        self.assertEqual(len(self.job.assignment_ids), 1)
        self.assertEqual(self._open(self.job).plan_conflict_text, self.job.assignment_ids.warning)

    def test_the_client_s_window_is_told_while_typing(self):
        self.job.write({"request_early": self._at(13), "request_late": self._at(17)})
        form = self._open(self.job)
        form.scheduled_date_start = self._at(9)
        form.scheduled_duration = 2.0
        self.assertIn("Outside the client's window", form.plan_conflict_text)
        self.assertFalse(form.is_plan_blocked, "a wish, and no rule")
        form.person_id = self.worker
        self.assertEqual(form.plan_conflict_text.count("Outside the client's window"), 1)
        form.scheduled_date_start = self._at(14)
        self.assertFalse(form.plan_conflict_text)
        form.scheduled_duration = 4.0
        self.assertIn("Outside the client's window", form.plan_conflict_text)
        form.request_late = self._at(18)
        self.assertNotIn("window", form.plan_conflict_text or "")

    def test_a_new_job_is_told_too(self):
        form = Form(self.env["fsm.order"].with_user(self.user_dispatcher))
        form.location_id = self.site
        form.person_id = self.worker
        form.scheduled_date_start = self._at(19)
        form.scheduled_duration = 1.0
        self.assertIn("does not work at that time", form.plan_conflict_text)

    def test_somebody_elses_time_is_told_and_one_s_own_is_not(self):
        self._assign(self._create_job(), start=self._at(9), hours=2)
        block = self._assign(start=self._at(14), hours=2)
        form = self._open(self.job)
        self.assertFalse(form.plan_conflict_text)
        form.scheduled_date_start = block.date_start + timedelta(hours=1)
        self.assertFalse(form.plan_conflict_text, "its own block is in nobody's way")
        form.scheduled_date_start = self._at(10)
        self.assertTrue(form.plan_conflict_text)
        self.assertTrue(form.is_plan_blocked)

    def test_what_is_over_tells_nothing(self):
        self._assign(start=self._at(19), hours=2)
        self.job.action_complete()
        self.assertFalse(self._open(self.job).plan_conflict_text)
