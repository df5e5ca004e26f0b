from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...hooks import plan_existing_jobs
from .test_assignment import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAssignmentOfJob(AssignmentCommon):
    """The job's own worker and schedule, written by OCA's views, make and move assignments."""

    def _create_planned(self, **vals):
        return self._create_job(
            person_id=self.worker.id,
            scheduled_date_start=self.start,
            scheduled_duration=2.0,
            **vals,
        )

    def test_worker_and_start_make_an_assignment(self):
        job = self._create_planned()
        self.assertRecordValues(
            job.assignment_ids,
            [
                {
                    "employee_id": self.employee.id,
                    "date_start": self.start,
                    "date_end": self.start + timedelta(hours=2),
                    "state": "draft",
                }
            ],
        )
        job.action_plan()
        self.assertEqual(job.assignment_ids.state, "confirmed")
        self.assertEqual(job.state, "planned")

    def test_same_worker_twice_is_refused(self):
        job = self._create_planned()
        with self.assertRaisesRegex(ValidationError, rf"{job.name}\) is already planned"):
            self._create_planned()

    def test_moving_the_job_moves_its_blocks(self):
        job = self._create_planned()
        self._assign(job, employee=self.anne, start=self.start + timedelta(days=1), hours=4)
        job.scheduled_date_start = job.scheduled_date_start + timedelta(days=2)
        self.assertEqual(
            job.assignment_ids.mapped("date_start"),
            [self.start + timedelta(days=2), self.start + timedelta(days=3)],
        )
        with self.assertRaisesRegex(UserError, f"{job.name} has several assignments"):
            job.scheduled_duration = 1.0

    def test_other_worker_takes_the_block_over(self):
        job = self._create_planned()
        block = job.assignment_ids
        job.person_id = self.anne._get_fsm_persons()[self.anne]
        self.assertEqual(job.assignment_ids, block)
        self.assertEqual(block.employee_id, self.anne)
        self.assertEqual(job.person_ids.employee_id, self.anne)

    def test_removing_the_worker_frees_them(self):
        job = self._create_planned()
        job.person_id = False
        self.assertFalse(job.assignment_ids)
        self.assertFalse(job.person_ids)
        self.assertEqual(job.scheduled_date_start, self.start, "the promised time stays")

    def test_more_workers_make_more_assignments(self):
        job = self._create_planned()
        job.person_ids |= self.anne._get_fsm_persons()[self.anne]
        self.assertEqual(job.assignment_ids.employee_id, self.employee | self.anne)
        self.assertEqual(job.planned_hours, 4.0)
        self.assertEqual(job.person_id, self.worker)

    def test_worker_without_employee_stays_as_written(self):
        outsider = self.env["fsm.person"].create({"name": "Subcontractor"})
        job = self._create_job(person_id=outsider.id, scheduled_date_start=self.start)
        self.assertFalse(job.assignment_ids)
        self.assertEqual(job.person_id, outsider)
        job.action_plan()
        self.assertEqual(job.state, "planned")

    def test_confirming_one_block_plans_the_job_and_not_the_other(self):
        first, second = self._assign(), self._assign(employee=self.anne)
        first.action_confirm()
        self.assertEqual((self.job.state, second.state), ("planned", "draft"))
        first.action_cancel()
        self.assertEqual(self.job.state, "to_plan")

    def test_cancelled_job_frees_and_reopening_checks_again(self):
        job = self._create_planned()
        job.action_plan()
        job.action_cancel()
        self.assertEqual(job.assignment_ids.state, "cancelled")
        self.assertEqual(job.person_id, self.worker, "history stays readable")
        job.action_reopen()
        self.assertEqual((job.state, job.assignment_ids.state), ("planned", "confirmed"))
        job.action_cancel()
        other = self._create_planned()
        job.action_reopen()
        self.assertEqual((job.state, job.assignment_ids.state), ("to_plan", "cancelled"))
        self.assertFalse(job.person_id)
        self.assertIn(
            "as the time is taken: Luc Gagnon", job.message_ids[0].body + job.message_ids[1].body
        )
        self.assertEqual(other.person_id, self.worker)

    def test_done_job_keeps_its_past_and_frees_its_future(self):
        self._assign()
        ahead = self._assign(start=self.start + timedelta(days=3650))
        self.job.action_complete()
        self.assertEqual(
            self.job.assignment_ids.sorted("date_start").mapped("state"), ["done", "cancelled"]
        )
        self.job.action_reopen()
        self.assertEqual(set(self.job.assignment_ids.mapped("state")), {"confirmed"})
        self.assertEqual(self.job.scheduled_date_end, ahead.date_end)

    def test_two_done_visits_at_once_reopen_as_one(self):
        first = self._assign()
        self._assign(start=self.start + timedelta(hours=4))
        self.job.action_complete()
        second = self.job.assignment_ids - first
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sercom_assignment SET date_start = %s WHERE id = %s",
            [self.start + timedelta(hours=1), second.id],
        )
        self.env.invalidate_all()
        self.job.action_reopen()
        self.assertEqual((first.state, second.state), ("confirmed", "cancelled"))

    def test_archived_person_gives_the_coming_visits_back(self):
        past = self._assign(employee=self.anne, start=self.start - timedelta(days=900))
        ahead = self._assign(
            self._create_job(), employee=self.anne, start=self.start + timedelta(days=3650)
        )
        self.anne.action_archive()
        self.assertEqual((past.state, ahead.state), ("draft", "cancelled"))
        self.assertTrue(ahead.fsm_order_id.is_to_assign)
        self.assertFalse(ahead.fsm_order_id.person_id)

    def test_people_share_the_sold_hours(self):
        job = self._create_billable_job(scheduled_duration=3.0, people_count=2)
        self.assertEqual(job.sold_hours, 3.0)
        self.assertEqual(job._get_block_hours(), 1.5)
        job.scheduled_duration = 2.0
        self.assertEqual(job._get_block_hours(), 2.0, "a length of its own is each person's")

    def test_back_to_planning(self):
        job = self._create_planned()
        job.action_plan()
        job.action_unplan()
        self.assertEqual((job.state, job.assignment_ids.state), ("to_plan", "draft"))

    def test_promise_does_not_move_people(self):
        job = self._create_planned()
        job.sale_id.commitment_date = self.start + timedelta(days=5)
        self.assertEqual(job.assignment_ids.date_start, self.start)
        self.assertEqual(job.scheduled_date_start, self.start)

    def test_estimator_and_technician_plan_nobody(self):
        job = self._create_planned()
        with self.assertRaises(AccessError):
            job.with_user(self.user_technician).scheduled_date_start = self.start + timedelta(
                days=1
            )
        self.assertEqual(job.assignment_ids.date_start, self.start)

    def test_crew_of_a_team_for_three_days(self):
        team = self.job.team_id
        workers = self.worker | self.anne._get_fsm_persons()[self.anne]
        workers.team_id = team
        team.leader_id = workers[1]
        wizard = (
            self.env["sercom.crew.assign"]
            .with_context(active_id=self.job.id)
            .create(
                {
                    "team_id": team.id,
                    "date_start": self.start + timedelta(days=3),  # a Friday
                    "duration": 8.0,
                    "day_count": 2,
                }
            )
        )
        self.assertEqual(wizard.employee_ids, workers.employee_id)
        self.assertEqual(wizard.leader_id, self.anne)
        wizard.action_assign()
        self.assertEqual(len(self.job.assignment_ids), 4)
        self.assertEqual(
            self.job.scheduled_date_end, self.start + timedelta(days=6, hours=8), "a Monday"
        )
        self.assertEqual(self.job.person_id.employee_id, self.anne)
        with self.assertRaisesRegex(ValidationError, "already planned"):
            wizard.action_assign()
        self.assertEqual(len(self.job.assignment_ids), 4, "all of it, or nobody")

    def test_jobs_planned_before_sercom_get_their_assignments(self):
        first, second = self._create_planned(), self._create_job()
        closed = self._create_planned_elsewhere()
        (first | closed).assignment_ids.unlink()
        start, end = self.start + timedelta(hours=1), self.start + timedelta(hours=3)
        self.env.flush_all()
        for job in first | second | closed:
            self.env.cr.execute(
                "UPDATE fsm_order SET person_id = %s, scheduled_date_start = %s,"
                " scheduled_date_end = %s WHERE id = %s",
                [self.worker.id, start, end, job.id],
            )
        self.env.invalidate_all()
        plan_existing_jobs(self.env)
        self.assertEqual(first.assignment_ids.employee_id, self.employee)
        self.assertFalse(first.assignment_ids.conflict_override)
        self.assertEqual(
            second.assignment_ids.override_reason, "Planned before overlaps were checked"
        )
        self.assertFalse(closed.assignment_ids)
        plan_existing_jobs(self.env)
        self.assertEqual(first.assignment_count, 1)

    def test_what_nobody_could_plan_stops_no_installation(self):
        long, left, fine = self._create_job(), self._create_job(), self._create_job()
        gone = self.env["hr.employee"].create({"name": "Gone"})
        former = gone._get_fsm_persons()[gone]
        gone.active = False
        self.env.flush_all()
        for job, worker, hours in (
            (long, self.worker, 24 * 40),
            (left, former, 2),
            (fine, self.worker, 2),
        ):
            self.env.cr.execute(
                "UPDATE fsm_order SET person_id = %s, scheduled_date_start = %s,"
                " scheduled_date_end = %s WHERE id = %s",
                [worker.id, self.start, self.start + timedelta(hours=hours), job.id],
            )
        self.env.invalidate_all()
        plan_existing_jobs(self.env)
        self.assertTrue(fine.assignment_ids)
        self.assertFalse((long | left).assignment_ids)

    def _create_planned_elsewhere(self):
        job = self._create_job()
        job.action_complete()
        return job
