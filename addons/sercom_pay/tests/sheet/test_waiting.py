from odoo.tests import Form, freeze_time, tagged

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestWaiting(PayCommon):
    """Hours that are on no sheet are told before somebody checks and locks the sheets."""

    def _read_waiting(self, period):
        period.invalidate_recordset()
        return Form(period.with_user(self.accountant)).waiting_people

    def test_what_nobody_approved_is_told(self):
        self._work("2026-11-03", 8.0)
        draft = self._work("2026-11-04", 2.0, approve=False)
        loose = self._work(
            "2026-11-05",
            1.5,
            employee=self.anne,
            job=self.env["fsm.order"],
            work_type="other",
            approve=False,
        )
        later = self._work("2026-11-16", 2.0, approve=False)
        period = self._prepare()
        self.assertEqual(
            self._read_waiting(period),
            f"{self.anne.name} (1, 01:30), {self.employee.name} (1, 02:00)",
        )
        draft.timesheet_ids.action_approve()
        loose.action_approve_pay()
        self.assertFalse(self._read_waiting(period))
        self.assertIn(later, self._prepare("2026-11-16")._find_waiting_entries())

    def test_time_under_review_and_open_time(self):
        review = self._work("2026-11-03", 8.0, approve=False)
        review.sudo().review_reason = "forgotten"
        period = self._prepare()
        self.assertIn(self.employee.name, self._read_waiting(period))
        review.sudo().review_reason = "refused"
        self.assertFalse(self._read_waiting(period))

    def test_months_name_paid_time_that_nobody_approved(self):
        entries = self.env["hr.attendance"]
        loose = self._work(
            "2026-11-05", 1.5, job=self.env["fsm.order"], work_type="other", approve=False
        )
        self.assertIn(loose, entries.search(entries._get_undecided_domain()))
        loose.action_approve_pay()
        self.assertNotIn(loose, entries.search(entries._get_undecided_domain()))

    def test_a_new_period_is_the_next_one(self):
        with freeze_time("2026-11-29 12:00:00"):
            form = Form(self.Period.with_user(self.accountant))
            self.assertEqual(str(form.date_start), "2026-11-02")
            form.date_start = "2026-11-20"
            self.assertEqual(
                (str(form.date_start), str(form.date_end)), ("2026-11-16", "2026-11-29")
            )
            period = form.save()
            self.assertEqual(str(period.date_start), "2026-11-16")
            self.assertFalse(period.is_over)
            self.assertEqual(
                str(Form(self.Period.with_user(self.accountant)).date_start), "2026-11-30"
            )
