from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobLifecycle(SercomJobsCommon):
    def test_from_to_plan_to_done(self):
        job = self._create_job(person_id=self.worker.id, scheduled_date_start=self.start)
        self.assertEqual(job.state, "to_plan")
        job.action_plan()
        self.assertEqual(job.state, "planned")
        job.action_start()
        self.assertEqual(job.state, "in_progress")
        self.assertTrue(job.date_start)
        self.assertFalse(job.date_end)
        job.action_complete()
        self.assertEqual(job.state, "done")
        self.assertTrue(job.is_closed)
        self.assertTrue(job.date_end)

    def test_planning_names_what_is_missing(self):
        job = self._create_job()
        with self.assertRaisesRegex(UserError, f"{job.name}.*a start, a worker"):
            job.action_plan()
        self.assertEqual(job.state, "to_plan")

    def test_stage_drag_is_checked_like_the_button(self):
        job = self._create_job()
        planned = self.env.ref("sercom_jobs.fsm_stage_planned")
        with self.assertRaisesRegex(UserError, "cannot be planned yet"):
            job.stage_id = planned

    def test_reopening_undoes_completion(self):
        job = self._create_job()
        job.action_complete()
        job.date_end = self.start
        job.action_complete()
        self.assertEqual(job.date_end, self.start, "a second tap changes nothing")
        job.action_reopen()
        self.assertEqual(job.state, "in_progress")
        self.assertFalse(job.date_end)
        with self.assertRaisesRegex(UserError, "already open"):
            job.action_reopen()

    def test_reopening_a_cancelled_job_goes_back_to_where_it_was(self):
        bare = self._create_job()
        ready = self._create_job(person_id=self.worker.id, scheduled_date_start=self.start)
        (bare | ready).action_cancel()
        (bare | ready).action_reopen()
        self.assertEqual((bare.state, ready.state), ("to_plan", "planned"))

    def test_the_reopening_dialog_says_what_it_does_to_the_job(self):
        done, cancelled = self._create_job(), self._create_job()
        done.action_complete()
        cancelled.action_cancel()
        for jobs, says in ((done, (True, False)), (cancelled, (False, True))):
            dialog = (
                self.env["sercom.job.reopen"]
                .with_context(active_ids=jobs.ids)
                .create({"reason": "The valve leaks again"})
            )
            self.assertEqual((dialog.has_done, dialog.has_cancelled), says)

    def test_no_window_is_made_up(self):
        job = self._create_job()
        self.assertFalse(job.request_early or job.request_late)

    def test_a_done_job_is_cancelled_until_it_is_billed(self):
        mistake, billed = self._create_billable_job(), self._create_billable_job()
        (mistake | billed).action_complete()
        billed.action_convert_to_invoice()
        mistake.action_cancel()
        self.assertEqual(mistake.state, "cancelled")
        with self.assertRaisesRegex(UserError, f"{billed.name} is invoiced"):
            billed.action_cancel()
        self.assertEqual(billed.state, "done")

    def test_job_of_another_company_after_all(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.env.user.company_ids += company
        job, sold = self._create_job(), self._create_billable_job()
        left = job.sale_id
        job.company_id = company
        self.assertEqual(
            job.sale_id.company_id | job.service_file_id.company_id | job.team_id.company_id,
            company,
        )
        self.assertFalse(left.exists())
        with self.assertRaisesRegex(UserError, f"{sold.name} has lines sold by"):
            sold.company_id = company

    def test_only_dispatchers_cancel(self):
        job = self._create_job(person_id=self.worker.id)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
            job.with_user(self.user_technician).action_cancel()
        job.with_user(self.user_dispatcher).action_cancel()
        self.assertEqual(job.state, "cancelled")

    def test_job_of_a_cancelled_order_stays_closed(self):
        job = self._create_job()
        job.sale_id._action_cancel()
        self.assertEqual(job.state, "cancelled")
        with self.assertRaisesRegex(UserError, job.sale_id.name):
            job.action_reopen()

    def test_cancelling_an_order_keeps_done_work(self):
        order = self._create_quote()
        order.action_confirm()
        done = order.fsm_order_ids
        done.action_complete()
        order.action_new_job()
        self.assertEqual(len(order.fsm_order_ids), 2)
        order._action_cancel()
        self.assertEqual(done.state, "done")
        self.assertEqual((order.fsm_order_ids - done).state, "cancelled")

    def test_technician_does_own_job(self):
        job = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        job.action_start()
        job.action_complete()
        self.assertEqual(job.state, "done")
        other = self._create_job().with_user(self.user_technician)
        with self.assertRaises(AccessError):
            other.action_start()

    def test_a_state_written_is_checked_like_the_stage(self):
        job = self._create_job(person_id=self.worker.id, scheduled_date_start=self.start)
        own = job.with_user(self.user_technician)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher can cancel"):
            own.state = "cancelled"
        own.state = "in_progress"
        self.assertEqual(job.stage_id.job_state, "in_progress")
        self.assertTrue(job.date_start)

    def test_technician_changes_neither_client_nor_worker(self):
        job = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        other = self.env["res.partner"].create({"name": "Other"})
        for vals in ({"partner_id": other.id}, {"person_id": False}, {"sale_id": False}):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "Only the office"):
                job.write(vals)
        job.resolution = "<p>Valve replaced</p>"
        self.assertFalse(job.is_office)

    def test_calendar_tells_what_the_job_is(self):
        job = self._create_job(description="<p>Drain blocked</p>")
        self.assertEqual(job.display_name, job.name)
        told = job.with_context(job_with_subject=True).display_name
        self.assertEqual(told, f"{job.name} · Marie Tremblay · Drain blocked")

    def test_second_company_has_stages_and_team(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.env.user.company_ids += company
        job = (
            self.env["fsm.order"]
            .with_company(company)
            .create({"location_id": self.site.id, "company_id": company.id})
        )
        self.assertEqual(job.team_id.company_id, company)
        self.assertEqual(job.sale_id.company_id, company)
        self.assertEqual(job.service_file_id.company_id, company)
        job.action_complete()
        self.assertEqual(job.state, "done")

    def test_moving_many_jobs_is_one_move(self):
        jobs = self.env["fsm.order"].concat(*[self._create_job() for _number in range(3)])
        jobs.action_start()
        self.assertEqual(set(jobs.mapped("state")), {"in_progress"})
        jobs.action_complete()
        self.assertEqual(set(jobs.mapped("state")), {"done"})
