from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_jobs.tests.planning.test_assignment_concurrency import PlanningParallelCase


@tagged("post_install", "-at_install", "slow")
class TestBookingConcurrency(PlanningParallelCase):
    """Two clients choose the last time at the same moment."""

    def setUp(self):
        super().setUp()

        def prepare(env):
            jobs = env["fsm.order"].browse(self.base["jobs"][:2])
            company = jobs.company_id
            before = company.web_booking
            company.web_booking = "draft"
            # One person is left, so that each time is there once.
            people = env["hr.employee"].search([("company_id", "=", company.id)])
            kept = env["hr.employee"].browse(self.base["people"][0])
            kept._get_fsm_persons()  # the board plans workers
            others = people - kept
            others.active = False
            return before, others.ids, next(iter(jobs[0]._find_client_slots()))

        before, others, self.start = self._run(prepare)

        def restore(env):
            env["hr.employee"].browse(others).active = True
            jobs = env["fsm.order"].browse(self.base["jobs"][:2])
            jobs.company_id.web_booking = before
            jobs.activity_ids.unlink()

        self.addCleanup(self._run, restore)

    @mute_logger("odoo.sql_db")
    def test_one_gets_it(self):
        def choose(job_id):
            def call(env):
                job = env["fsm.order"].browse(job_id)
                job._book_for_client(job.partner_id, self.start)
                return job.assignment_ids.ids

            return call

        answers = self._run_together([choose(job) for job in self.base["jobs"][:2]])
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual(len(lost), 1, answers)
        self.assertIsInstance(lost[0], ValidationError)
