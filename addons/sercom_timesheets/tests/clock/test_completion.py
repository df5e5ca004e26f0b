from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import ClockCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 20:00:00")
class TestCompletionHours(ClockCommon):
    """Completing a job: the clock is closed, hours over the sold ones are told, hours printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.job.with_user(cls.user_technician)

    def _kinds(self):
        return [item["kind"] for item in self.own._get_missing_to_complete()[self.own]]

    def _html(self):
        Report = self.env["ir.actions.report"]
        return Report._render_qweb_html("sercom_jobs.report_completion", self.job.ids)[0].decode()

    def test_open_clock_is_told_by_name(self):
        self._clock(self.start, False)
        self._clock(self.start, False, self.anne)
        with self.assertRaisesRegex(UserError, "Still clocked in: .*Luc Gagnon.*Anne Roy"):
            self.own.action_complete()
        self.assertEqual(self._kinds(), ["clock"])

    def test_hours_over_the_sold_ones_need_a_reason(self):
        self._clock(self.start, self.start + timedelta(hours=4, minutes=30))
        self.assertTrue(self.job.is_over_sold)
        with self.assertRaisesRegex(
            UserError, "No reason why 04:30 hours were worked and 03:00 sold"
        ):
            self.own.action_complete()
        self.own.over_hours_reason = "The pipe was frozen"
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_dispatcher_completes_without(self):
        self._clock(self.start, self.start + timedelta(hours=5))
        self.job.with_user(self.user_dispatcher)._complete_without("Agreed by phone")
        self.assertEqual(self.job.state, "done")
        self.assertEqual(self.job.incomplete_reason, "Agreed by phone")

    def test_on_site_clocks_out_first(self):
        self._clock(self.start, False)
        answer = self.own.action_complete_on_site(
            {"clock_out": True, "moment": "2026-11-03 16:00:00", "work_note": "Done"}
        )
        self.assertEqual(answer, {"state": "done", "missing": []})
        self.assertEqual(self.job.worked_hours, 2)
        self.assertEqual(str(self.job.date_end), "2026-11-03 16:00:00")
        self.assertLessEqual(self.job.date_start, self.job.date_end)

    def test_on_site_asks_for_the_reason_and_leaves_the_clock_running(self):
        entry = self._clock(self.start, False)
        answer = self.own.action_complete_on_site({"clock_out": True})
        self.assertEqual([item["kind"] for item in answer["missing"]], ["over_hours"])
        self.assertFalse(entry.check_out)
        answer = self.own.action_complete_on_site(
            {"clock_out": True, "over_hours_reason": "Frozen pipe"}
        )
        self.assertEqual(answer["state"], "done")
        self.assertEqual(self.job.over_hours_reason, "Frozen pipe")

    def test_real_end_is_the_clocks(self):
        self._clock(self.start, self.start + timedelta(hours=1))
        self.own.action_complete_on_site({"moment": "2026-11-03 18:00:00"})
        self.assertEqual(self.job.date_end, self.start + timedelta(hours=1))

    def test_hours_on_the_report(self):
        self._clock(self.start, self.start + timedelta(hours=1, minutes=30))
        self._clock(self.start - timedelta(minutes=20), self.start, self.anne, work_type="travel")
        html = self._html()
        self.assertIn("01:30", html)
        self.assertIn("Luc Gagnon", html)
        self.company.job_report_hours = "detail"
        html = self._html()
        self.assertIn("Anne Roy", html)
        self.assertIn("00:20", html)
        self.assertIn("11/03/2026", html)
        self.assertNotIn("40.0", html)  # what an hour costs
        self.company.job_report_hours = "none"
        self.assertNotIn("01:30", self._html())
