from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase
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

    @mute_logger("odoo.sql_db")
    def test_one_address_holds_no_more_than_its_share(self):
        def prepare(env):
            company = env["fsm.order"].browse(self.base["jobs"][0]).company_id
            before = company.is_asked_on_web
            company.is_asked_on_web = True
            service = env["product.template"].create(
                {
                    "name": "Service of parallel holds",
                    "type": "service",
                    "is_asked_on_web": True,
                    "is_booked_on_web": True,
                    "web_booking_hours": 1.0,
                }
            )
            # Times that do not touch each other.
            return before, service.id, list(service._find_web_times())[::4][:6]

        before, service_id, starts = self._run(prepare)
        self.assertEqual(len(starts), 6)

        def restore(env):
            env["sercom.booking.hold"].search([("product_tmpl_id", "=", service_id)]).unlink()
            env["product.template"].browse(service_id).unlink()
            job = env["fsm.order"].browse(self.base["jobs"][0])
            job.company_id.is_asked_on_web = before

        self.addCleanup(self._run, restore)

        def hold(number, start):
            def call(env):
                service = env["product.template"].browse(service_id)
                return env["sercom.booking.hold"]._hold(
                    f"page {number}", "10.9.9.9", service, start
                )

            return call

        answers = self._run_together([hold(*item) for item in enumerate(starts)])
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual(len(refused), 3, answers)
        for error in refused:
            self.assertIsInstance(error, UserError)


@tagged("post_install", "-at_install", "slow")
class TestAskConcurrency(ParallelCase):
    """One address sends the public form many times at the same moment."""

    def _delete_base(self, env):
        env["sercom.web.request"].search([("stamp", "like", "parallel %")]).unlink()

    @mute_logger("odoo.sql_db")
    def test_five_are_taken(self):
        def send(number):
            return lambda env: (
                env["sercom.web.request"]._note_use(f"parallel {number}", "10.9.9.9").id
            )

        answers = self._run_together([send(number) for number in range(12)])
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual(len(refused), 7, answers)
        for error in refused:
            self.assertIsInstance(error, UserError)
        noted = self._run(
            lambda env: env["sercom.web.request"].search_count([("stamp", "like", "parallel %")])
        )
        self.assertEqual(noted, 5)
