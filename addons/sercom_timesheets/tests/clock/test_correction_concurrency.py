from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase

START = datetime(2026, 11, 3, 14)


@tagged("post_install", "-at_install")
class TestCorrectionConcurrency(ParallelCase):
    """Several supervisors decide at the same moment; phones send what was refused twice."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(START + timedelta(days=1))
        clock.start()
        self.addCleanup(clock.stop)
        self.ids = self._run(self._prepare)
        self.addCleanup(self._run, self._clean)

    @staticmethod
    def _prepare(env):
        person = env["hr.employee"].create({"name": "Parallel hours", "tz": "America/Toronto"})
        entry = env["hr.attendance"].create(
            {
                "employee_id": person.id,
                "check_in": START,
                "check_out": START + timedelta(hours=2),
                "work_type": "other",
            }
        )
        correction = entry.action_propose_correction(
            {"check_out": START + timedelta(hours=3), "reason": "Stayed"}
        )
        return {"person": person.id, "entry": entry.id, "correction": correction.id}

    def _clean(self, env):
        person = env["hr.employee"].browse(self.ids["person"])
        corrections = env["sercom.clock.correction"].search([("employee_id", "=", person.id)])
        corrections.write({"state": "withdrawn"})
        corrections.unlink()
        env["hr.attendance"].search([("employee_id", "=", person.id)]).unlink()
        person.unlink()

    def _decide(self, action):
        return lambda env: getattr(
            env["sercom.clock.correction"].browse(self.ids["correction"]), action
        )()

    def _read(self, env):
        correction = env["sercom.clock.correction"].browse(self.ids["correction"])
        return correction.state, correction.attendance_id.check_out

    def test_one_decision_wins(self):
        calls = ["action_accept", "action_refuse", "action_accept", "action_refuse"]
        answers = self._run_together([self._decide(action) for action in calls])
        won = [action for action, answer in zip(calls, answers, strict=True) if answer is True]
        self.assertEqual(len(won), 1, answers)
        for answer in answers:
            if answer is not True:
                self.assertIsInstance(answer, UserError)
                self.assertIn("Nothing was changed", str(answer))
        state, check_out = self._run(self._read)
        accepted = won == ["action_accept"]
        self.assertEqual(state, "accepted" if accepted else "refused")
        self.assertEqual(check_out, START + timedelta(hours=3 if accepted else 2))

    def test_one_of_two_proposals_of_an_entry_wins(self):
        def propose(env):
            vals = {
                "attendance_id": self.ids["entry"],
                "new_check_out": START + timedelta(hours=4),
                "reason": "Later still",
                "source": "direct",
            }
            return env["sercom.clock.correction"].create(vals).id

        other = self._run(propose)
        accept = self._decide("action_accept")
        answers = self._run_together(
            [accept, lambda env: env["sercom.clock.correction"].browse(other).action_accept()]
        )
        self.assertEqual(answers.count(True), 1, answers)

    def test_a_refused_punch_is_kept_once(self):
        def keep(env):
            punch = {"kind": "start", "uuid": "p-1", "moment": str(START + timedelta(hours=5))}
            person = env["hr.employee"].browse(self.ids["person"])
            env["sercom.clock.correction"]._propose_from_punch(person, punch, "Refused")

        answers = self._run_together([keep] * 4)
        self.assertEqual(answers, [None] * 4)
        count = self._run(
            lambda env: env["sercom.clock.correction"].search_count([("punch_uuid", "=", "p-1")])
        )
        self.assertEqual(count, 1)
