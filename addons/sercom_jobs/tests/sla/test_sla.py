from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import NOW, SercomSlaCommon


@tagged("post_install", "-at_install")
class TestSlaClockOfJobs(SercomSlaCommon):
    def assertDeadlines(self, job, visit, completion):
        self.assertEqual((job.sla_first_visit_deadline, job.sla_deadline), (visit, completion))

    def test_deadlines_in_working_hours(self):
        job = self._create_job()
        self.assertDeadlines(job, self._at(0, 15), self._at(2, 10))
        self.assertEqual(job.sla_first_visit_risk_on, self._at(0, 14))
        self.assertEqual(job.sla_status, "on_track")
        self.assertEqual(job.sla_remaining, "4:00 working hours left")

    def test_public_holidays_of_calendar_and_company(self):
        job = self._create_job()
        everywhere = self._holiday(1)
        self.assertDeadlines(job, self._at(0, 15), self._at(3, 10))
        here = self._holiday(2, calendar_id=self.calendar.id)
        self.assertDeadlines(job, self._at(0, 15), self._at(4, 10))
        elsewhere = self.env["res.company"].create({"name": "Boréale Ontario"})
        self._holiday(3, company=elsewhere)
        self._holiday(3, resource_id=self.employee.resource_id.id)
        self.assertDeadlines(job, self._at(0, 15), self._at(4, 10))
        here.date_from = self._at(2, 13)
        self.assertDeadlines(job, self._at(0, 15), self._at(3, 15))
        (everywhere | here).unlink()
        self.assertDeadlines(job, self._at(0, 15), self._at(2, 10))

    def test_hours_and_targets_that_change_move_open_jobs_only(self):
        job, done = self._create_job(), self._create_job()
        done.action_complete()
        self.calendar.attendance_ids.filtered(lambda a: a.day_period == "afternoon").unlink()
        self.assertDeadlines(job, self._at(1, 10), self._at(4, 10))
        self.policy.completion_hours = 2.0 + 4.0
        self.assertDeadlines(job, self._at(1, 10), self._at(1, 12))
        self.assertDeadlines(done, self._at(0, 15), self._at(2, 10))
        self.policy.first_visit_hours = 0
        self.assertDeadlines(job, False, self._at(1, 12))
        self.assertFalse(job.sla_first_visit_status)

    def test_company_hours_where_the_policy_has_none(self):
        self.policy.calendar_id = False
        self.company.resource_calendar_id = self.calendar
        job = self._create_job()
        self.assertDeadlines(job, self._at(0, 15), self._at(2, 10))
        self._holiday(1)
        self.assertDeadlines(job, self._at(0, 15), self._at(3, 10))
        self.company.resource_calendar_id = self.calendar.copy({"tz": "America/Vancouver"})
        # The holiday ends two hours before Vancouver closes.
        self.assertDeadlines(job, self._at(0, 15), self._at(2, 18))

    def test_priority_that_changes_moves_the_deadlines(self):
        self._create_policy(name="Urgent", priority="3", first_visit_hours=1.0)
        job = self._create_job()
        job.priority = "3"
        self.assertEqual(job.sla_first_visit_deadline, self._at(0, 11))

    def test_target_longer_than_two_months(self):
        self.policy.completion_hours = 40.0 * 20
        job = self._create_job()
        self.assertEqual(job.sla_deadline, datetime(2027, 3, 22, 14), "10:00, summer time again")
        self.policy.completion_hours = 100000.0
        self.assertFalse(job.sla_deadline)
        self.assertEqual(job.sla_status, "on_track")

    def test_calendar_without_hours(self):
        self.calendar.attendance_ids.unlink()
        job = self._create_job()
        self.assertDeadlines(job, False, False)
        self.assertEqual(job.sla_status, "on_track")

    def test_clock_change_of_november(self):
        # Friday 16:00 is 20:00 UTC; Monday 8:00 is 13:00 UTC, an hour later than the week before.
        with freeze_time(datetime(2026, 10, 30, 20)):
            job = self._create_job()
            self.assertEqual(job.sla_first_visit_deadline, datetime(2026, 11, 2, 16))
        nights = self.env["resource.calendar"].create(
            {
                "name": "Always",
                "tz": "America/Toronto",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Open",
                                "dayofweek": str(day),
                                "hour_from": 0,
                                "hour_to": 24,
                                "day_period": "morning",
                            }
                        )
                        for day in range(7)
                    ),
                ],
            }
        )
        self.policy.calendar_id = nights
        with freeze_time(datetime(2026, 11, 1, 2)):  # Saturday 22:00
            job = self._create_job()
            self.assertEqual(job.sla_first_visit_deadline, datetime(2026, 11, 1, 6), "01:00 again")
            self.assertEqual(job.sla_deadline, datetime(2026, 11, 1, 18), "13:00, a 25-hour day")

    # Pauses

    def test_waiting_for_the_client_stops_the_clock(self):
        job = self._create_job()
        with freeze_time(self._at(0, 11)):
            job.with_user(self.user_dispatcher).action_wait_for_client("Key of the cellar")
            job.action_wait_for_client()
            self.assertEqual(len(job.sla_pause_ids), 1, "a second click changes nothing")
            self.assertTrue(job.is_waiting_for_client)
            self.assertDeadlines(job, False, False)
        with freeze_time(self._at(3, 11)):
            self.assertIn(job, job.search([("sla_status", "=", "on_track")]))
            self._holiday(1)
            job.with_user(self.user_dispatcher).action_resume_sla()
            self.assertFalse(job.is_waiting_for_client)
            self.assertDeadlines(job, self._at(3, 15), self._at(7, 10))
            self.assertEqual(job.sla_pause_ids.reason, "Key of the cellar")
            self.assertEqual(job.sla_pause_ids.user_id, self.user_dispatcher)
        job.sla_pause_ids.unlink()
        self.assertDeadlines(job, self._at(0, 15), self._at(3, 10))

    def test_what_was_late_before_the_pause_stays_late(self):
        job = self._create_job()
        with freeze_time(self._at(0, 16)):
            job.action_wait_for_client()
            self.assertEqual((job.sla_first_visit_status, job.sla_status), ("late", "late"))
            self.assertDeadlines(job, self._at(0, 15), False)

    def test_pause_within_a_second_leaves_nothing(self):
        job = self._create_job()
        job.action_wait_for_client()
        job.action_resume_sla()
        self.assertFalse(job.sla_pause_ids)

    def test_pauses_that_make_no_sense(self):
        job = self._create_job()
        job.action_wait_for_client()
        Pause = self.env["sercom.sla.pause"]
        backward = {"date_start": self._at(0, 9), "date_end": self._at(0, 8)}
        for vals in ({"date_start": self._at(0, 9)}, backward):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                Pause.create({"fsm_order_id": job.id, **vals})
        with self.assertRaisesRegex(ValidationError, f"{job.name} would start in the future"):
            Pause.create(
                {
                    "fsm_order_id": job.id,
                    "date_start": self._at(9, 9),
                    "date_end": self._at(9, 10),
                }
            )
        job.action_cancel()
        with self.assertRaisesRegex(UserError, f"{job.name} is closed"):
            job.action_wait_for_client()

    def test_serving_the_client_ends_the_wait(self):
        job = self._create_job()
        job.action_wait_for_client()
        with freeze_time(self._at(1, 11)):
            job.action_start()
            self.assertFalse(job.is_waiting_for_client)
            self.assertEqual(job.sla_first_visit_status, "met")

    # Status

    def test_first_visit_then_completion(self):
        job = self._create_job()
        with freeze_time(self._at(0, 15, 30)):
            job.action_start()
            self.assertEqual((job.sla_first_visit_status, job.sla_status), ("missed", "on_track"))
        with freeze_time(self._at(2, 10)):
            job.action_complete()
            self.assertEqual((job.sla_first_visit_status, job.sla_status), ("missed", "missed"))
        job.date_start = self._at(0, 15)
        self.assertEqual(job.sla_status, "met", "the actual start was noted wrong")
        job.date_end = self._at(2, 10, 1)
        self.assertEqual(job.sla_status, "missed")

    def test_cancelled_job_has_no_status(self):
        job = self._create_job()
        job.action_cancel()
        self.assertFalse(job.sla_status)
        self.assertFalse(job.sla_late_on)
        with freeze_time(self._at(3, 8)):
            self.assertNotIn(job, job.search([("sla_status", "!=", False)]))
            self.assertNotIn(job, job.search([("sla_first_visit_status", "=", "late")]))
            self.assertIn(job, job.search([("sla_status", "=", False)]))

    def test_reopening_goes_on_where_the_clock_stopped(self):
        job, cancelled = self._create_job(), self._create_job()
        with freeze_time(self._at(0, 11)):
            job.action_start()
            cancelled.action_cancel()
        with freeze_time(self._at(1, 10)):
            job.action_complete()
            self.assertEqual(job.sla_status, "met")
        with freeze_time(self._at(8, 10)):
            (job | cancelled).action_reopen()
            self.assertEqual((job.sla_status, cancelled.sla_status), ("on_track", "on_track"))
            self.assertDeadlines(job, self._at(0, 15), self._at(9, 10))
            self.assertDeadlines(cancelled, self._at(8, 14), self._at(10, 9))
        with freeze_time(self._at(9, 10)):
            job.action_complete()
            self.assertEqual(job.sla_status, "met")

    def test_search_is_right_between_two_runs_of_the_cron(self):
        job = self._create_job()
        other = self._create_job()
        other.action_complete()
        ours = [("id", "in", (job | other).ids)]
        self.env.flush_all()
        for moment, status in (
            (self._at(0, 13), "on_track"),
            (self._at(0, 14), "at_risk"),
            (self._at(0, 15), "at_risk"),
            (self._at(0, 15, 1), "late"),
        ):
            with self.subTest(moment), freeze_time(moment):
                for told in ("on_track", "at_risk", "late"):
                    found = job.search([("sla_status", "=", told), *ours])
                    self.assertEqual(found, job if told == status else job.browse(), told)
                    found = job.search([("sla_status", "!=", told), *ours])
                    self.assertEqual(job in found, told != status)
                    self.assertIn(other, found)
                visit = job.search([("sla_first_visit_status", "=", status), *ours])
                self.assertEqual(visit, job)
        self.assertEqual(job.search([("sla_status", "in", ("met", "late")), *ours]), other)
        self.assertEqual(
            job.search([("sla_status", "=", "late")]).filtered_domain([("sla_status", "=", "met")]),
            job.browse(),
        )

    # Access

    def test_technician_reads_deadlines_of_own_jobs(self):
        job = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        values = job.read(["sla_status", "sla_deadline", "sla_first_visit_deadline"])[0]
        self.assertEqual(values["sla_status"], "on_track")
        with self.assertRaises(AccessError):
            self._create_job().with_user(self.user_technician).read(["sla_status"])
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user_technician).read(["first_visit_hours"])
        for vals in (
            {"sla_start": NOW},
            {"sla_policy_id": False},
            {"sla_status": "met"},
            {"sla_deadline": self._at(9, 9)},
            {"is_waiting_for_client": True},
        ):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "Only a dispatcher"):
                job.write(vals)
        with self.assertRaisesRegex(AccessError, "Only the office"):
            job.priority = "3"
        for action in (job.action_wait_for_client, job.action_resume_sla):
            with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
                action()
        with freeze_time(self._at(0, 11)):
            self.env["sercom.sla.pause"].create({"fsm_order_id": job.id, "date_start": NOW})
            job.action_start()
            job.action_complete()
        self.assertEqual(job.sla_status, "met")

    @users("sercom_technician", "sercom_dispatcher", "sercom_salesman")
    def test_form_opens(self):
        job = self._create_job(person_id=self.worker.id).with_env(self.env)
        view = self.env["fsm.order"].get_view(view_type="form")
        self.assertIn("sla_status", view["arch"])
        job.read(["sla_remaining", "sla_status", "is_waiting_for_client"])

    # Speed

    def test_deadlines_of_many_jobs_cost_the_same(self):
        def reckon(jobs):
            jobs.modified(["sla_start", "priority"])
            jobs.flush_recordset()

        jobs = self.env["fsm.order"].create([{"location_id": self.site.id} for _n in range(24)])
        self._get_queries(reckon, jobs[:1])
        few = self._get_queries(reckon, jobs[:2])
        many = self._get_queries(reckon, jobs)
        self.assertEqual(few, many)

    def test_making_many_jobs_costs_the_same_more(self):
        """What the service level adds to making jobs, whose own cost grows with their number."""

        def create(number):
            self.env["fsm.order"].create([{"location_id": self.site.id} for _n in range(number)])

        costs = {}
        for active in (True, False):
            self.policy.active = active
            create(1)
            costs[active] = [self._get_queries(create, number) for number in (2, 12)]
        few, many = (told - plain for told, plain in zip(costs[True], costs[False], strict=True))
        self.assertEqual(few, many, costs)
