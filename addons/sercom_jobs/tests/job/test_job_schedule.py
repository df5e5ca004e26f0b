from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobSchedule(SercomJobsCommon):
    def test_start_alone_keeps_the_length(self):
        job = self._create_job(scheduled_duration=4.0)
        job.scheduled_date_start = self.start
        self.assertEqual(job.scheduled_date_end, self.start + timedelta(hours=4))
        self.assertEqual(job.scheduled_duration, 4.0)

    def test_start_without_length_lasts_an_hour(self):
        job = self._create_job(scheduled_date_start=self.start)
        self.assertEqual(job.scheduled_date_end, self.start + timedelta(hours=1))

    def test_a_schedule_is_whole_minutes_whoever_writes_it(self):
        early, second = self.start - timedelta(seconds=1), timedelta(seconds=1)
        end = self.start + timedelta(hours=2)
        whole = [{"scheduled_date_start": self.start, "scheduled_date_end": end}]
        for vals in (
            {"scheduled_date_start": early, "scheduled_date_end": end - second},
            {"scheduled_date_start": str(early), "scheduled_duration": 2.0},
            {
                "scheduled_date_start": early,
                "scheduled_date_end": end + second,
                "scheduled_duration": 2.0,
            },
        ):
            with self.subTest(vals=sorted(vals)):
                self.assertRecordValues(self._create_job(**vals), whole)
                job = self._create_job()
                job.write(dict(vals))
                self.assertRecordValues(job, whole)

    def test_length_and_end_on_several_jobs(self):
        jobs = self._create_job(scheduled_date_start=self.start) | self._create_job(
            scheduled_date_start=self.start + timedelta(days=1)
        )
        jobs.write({"scheduled_duration": 3.0})
        for job in jobs:
            self.assertEqual(job.scheduled_date_end, job.scheduled_date_start + timedelta(hours=3))
        end = self.start + timedelta(days=2)
        jobs.write({"scheduled_date_end": end})
        self.assertEqual(set(jobs.mapped("scheduled_date_start")), {end - timedelta(hours=3)})

    def test_moving_several_jobs_keeps_each_length(self):
        jobs = self._create_job(scheduled_duration=2.0) | self._create_job(scheduled_duration=5.0)
        jobs.write({"scheduled_date_start": self.start})
        self.assertEqual(
            jobs.mapped("scheduled_date_end"),
            [self.start + timedelta(hours=2), self.start + timedelta(hours=5)],
        )

    def test_clearing_the_start_clears_the_block(self):
        job = self._create_job(scheduled_date_start=self.start, scheduled_duration=2.0)
        job.scheduled_date_start = False
        self.assertFalse(job.scheduled_date_end)
        self.assertEqual(job.scheduled_duration, 2.0)

    def test_end_before_start_is_refused(self):
        job = self._create_job()
        with self.assertRaisesRegex(ValidationError, f"{job.name} would end before it starts"):
            job.write(
                {
                    "scheduled_date_start": self.start,
                    "scheduled_date_end": self.start - timedelta(hours=1),
                }
            )

    def test_form_leaves_the_actual_start_alone(self):
        job = self._create_job(scheduled_date_start=self.start, scheduled_duration=2.0)
        with Form(job) as form:
            form.scheduled_duration = 3.0
        self.assertFalse(job.date_start)
        self.assertEqual(job.scheduled_date_end, self.start + timedelta(hours=3))

    def test_latest_date_without_priority(self):
        job = self._create_job(request_early=self.start)
        hours = self.env.company.fsm_order_request_late_lowest
        self.assertEqual(job.request_late, self.start + timedelta(hours=hours))

    def test_commitment_date_moves_the_whole_block(self):
        order = self._create_quote()
        order.action_confirm()
        job = order.fsm_order_ids
        self.assertFalse(job.scheduled_date_start)
        order.commitment_date = self.start
        self.assertEqual(job.scheduled_date_start, self.start)
        self.assertEqual(job.scheduled_date_end, self.start + timedelta(hours=3))
        job.action_complete()
        order.commitment_date = self.start + timedelta(days=1)
        self.assertEqual(job.scheduled_date_start, self.start)

    def _create_leave(self, start, hours, **vals):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Time off",
                "date_from": start,
                "date_to": start + timedelta(hours=hours),
                "company_id": self.env.company.id,
                **vals,
            }
        )

    def test_other_peoples_time_off_is_no_conflict(self):
        other = self.env["hr.employee"].create({"name": "Anne"})
        self._create_leave(self.start, 8, resource_id=other.resource_id.id)
        job = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=8.0
        )
        self.assertTrue(job.scheduled_date_end)

    def test_own_time_off_conflicts_on_the_whole_span(self):
        self._create_leave(
            self.start + timedelta(hours=3), 2, resource_id=self.employee.resource_id.id
        )
        with self.assertRaisesRegex(UserError, "falls on time off"):
            self._create_job(
                person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=8.0
            )
        job = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=3.0
        )
        self.assertTrue(job, "a job that ends when the time off starts is no conflict")

    def test_job_inside_a_public_holiday(self):
        self._create_leave(self.start - timedelta(hours=9), 24, name="Jour férié")
        with self.assertRaisesRegex(UserError, "Jour férié"):
            self._create_job(scheduled_date_start=self.start, scheduled_duration=8.0)

    def test_dates_written_as_text(self):
        job = self._create_job(
            scheduled_date_start=fields.Datetime.to_string(self.start), scheduled_duration=2.0
        )
        self.assertEqual(job.scheduled_date_end, self.start + timedelta(hours=2))
