from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ConflictCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestExplain(ConflictCommon):
    def _explain(self, start, end, employee=None, job=None, **kwargs):
        return self.scheduler.explain(
            (job or self.job).id, (employee or self.employee).id, start, end, **kwargs
        )

    def _kinds(self, *args, **kwargs):
        return [(row["kind"], row["level"]) for row in self._explain(*args, **kwargs)]

    def test_nothing_speaks_against_it(self):
        self.assertEqual(self._explain("2026-11-03 14:00:00", "2026-11-03 16:00:00"), [])

    def test_everything_at_once_the_worst_first(self):
        block = self._assign()
        self._create_leave(self._at(13), self._at(17), self.employee)
        kinds = self._kinds(self._at(10), self._at(20))
        self.assertEqual(
            kinds[:3], [("overlap", "block"), ("time_off", "block"), ("hours", "warn")]
        )
        own = self._kinds(self._at(10), self._at(12), assignment_id=block.id)
        self.assertEqual(own, [])

    def test_bad_input_is_said(self):
        closed = self._create_job()
        closed.action_cancel()
        gone = self.env["hr.employee"].create({"name": "Gone", "active": False})
        company = self.env["res.company"].create({"name": "Other"})
        abroad = self.env["hr.employee"].create({"name": "B", "company_id": company.id})
        start, end = self._at(9), self._at(10)
        for words, args, kwargs in (
            ("end before it starts", (end, start), {}),
            ("end before it starts", (start, start), {}),
            ("Choose a start", (False, end), {}),
            ("Choose a start", ("tomorrow", end), {}),
            ("longer than 31 days", (start, start + timedelta(days=365)), {}),
            ("Gone is archived", (start, end), {"employee": gone}),
            ("B works for Other", (start, end), {"employee": abroad}),
            ("is cancelled. Reopen it", (start, end), {"job": closed}),
        ):
            [row] = self._explain(*args, **kwargs)
            self.assertEqual((row["kind"], row["level"]), ("state", "block"))
            self.assertIn(words, row["text"])
        with self.assertRaises(UserError):
            self.scheduler.explain(0, self.employee.id, start, end)
        with self.assertRaises(UserError):
            self.scheduler.explain(self.job.id, 0, start, end)

    def test_outside_the_window_of_the_client_is_a_warning_with_its_reason(self):
        self.user_dispatcher.tz = "America/Toronto"
        scheduler = self.scheduler.with_user(self.user_dispatcher).with_context(lang="en_US")

        def explain(start, end, **kwargs):
            rows = scheduler.explain(self.job.id, self.employee.id, start, end, **kwargs)
            return [(row["kind"], row["level"], row["text"]) for row in rows]

        def told(early, late):
            text = f"Outside the client's window ({early} – {late})"
            return [("window", "warn", text)]

        early, late = self._at(9), self._at(12)
        nine, noon = "Nov 3, 09:00", "Nov 3, 12:00"
        before, after = (self._at(8), self._at(9)), (self._at(10), self._at(14))
        self.job.write({"request_early": early, "request_late": late})
        self.assertEqual(explain(early, late), [], "from its first to its last minute")
        self.assertEqual(explain(*before), told(nine, noon))
        kinds = self._kinds(self._at(11), self._at(12) + timedelta(minutes=1))
        self.assertIn(("window", "warn"), kinds)
        self.assertIn(told(nine, noon)[0], explain(*after))
        block = self._assign(start=early)
        self.assertEqual(explain(*before, assignment_id=block.id), told(nine, noon), "moved there")
        self.job.request_late = False
        self.assertEqual(explain(*before, assignment_id=block.id), told(nine, "…"))
        self.assertEqual(explain(self._at(15), self._at(16)), [])
        self.job.write({"request_early": False, "request_late": late})
        self.assertEqual(explain(self._at(15), self._at(16)), told("…", noon))
        self.assertEqual(explain(*before), [])

    def test_the_worst_first_and_the_window_last(self):
        self.job.write({"request_early": self._at(13), "request_late": self._at(15)})
        self._create_leave(self._at(8), self._at(12), self.employee)
        kinds = self._kinds(self._at(9), self._at(10))
        self.assertEqual(kinds[0], ("time_off", "block"))
        self.assertEqual(kinds[-1], ("window", "warn"))

    def test_somebody_without_user_is_fine(self):
        self.assertFalse(self.anne.user_id)
        self.assertEqual(self._explain(self._at(9), self._at(10), self.anne), [])

    def test_who_may_ask(self):
        self.job.person_id = self.worker
        scheduler = self.scheduler.with_user(self.user_technician)
        start, end = self._at(9), self._at(10)
        self.assertEqual(scheduler.explain(self.job.id, self.employee.id, start, end), [])
        with self.assertRaises(AccessError):
            scheduler.explain(self.job.id, self.anne.id, start, end)
        with self.assertRaises(AccessError):
            scheduler.explain(self._create_job().id, self.employee.id, start, end)
        with self.assertRaises(AccessError):
            self.scheduler.with_user(self.user_internal).explain(
                self.job.id, self.employee.id, start, end
            )
        company = self.env["res.company"].create({"name": "Other"})
        abroad = self.env["hr.employee"].create({"name": "B", "company_id": company.id})
        with self.assertRaises(UserError):
            self.scheduler.with_user(self.user_dispatcher).explain(
                self.job.id, abroad.id, start, end
            )
        self._create_leave(self._at(8), self._at(12), self.anne)
        rows = self.scheduler.with_user(self.user_dispatcher).explain(
            self.job.id, self.anne.id, start, end
        )
        self.assertEqual([row["kind"] for row in rows], ["time_off"])
        self.assertNotIn("Flu", str(rows))
