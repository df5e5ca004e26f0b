from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SercomSlaCommon


@tagged("post_install", "-at_install")
class TestSlaAlert(SercomSlaCommon):
    def setUp(self):
        super().setUp()
        # No commit within a test; the method itself is Odoo's.
        progress = patch.object(
            self.env.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 600.0
        )
        progress.start()
        self.addCleanup(progress.stop)

    @classmethod
    def _create_job(cls, **vals):
        job = super()._create_job(**vals)
        job.service_file_id.user_id = cls.user_dispatcher
        return job

    def _run_cron(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env["fsm.order"]._cron_refresh_sla()
        self.env.flush_all()

    @contextmanager
    def _cron_at(self, moment):
        with freeze_time(moment):
            self._run_cron()
            yield

    def _get_alerts(self, job):
        names = {
            self.env.ref(f"sercom_jobs.mail_activity_type_sla_{level}"): level
            for level in ("at_risk", "late")
        }
        return [names[activity.activity_type_id] for activity in job.activity_ids]

    def test_one_alert_at_risk_and_one_when_late(self):
        job = self._create_job()
        with self._cron_at(self._at(0, 13)):
            self.assertEqual(self._get_alerts(job), [])
        with self._cron_at(self._at(0, 14)):
            self.assertEqual(job.sla_status, "at_risk")
            self.assertEqual(self._get_alerts(job), ["at_risk"])
            self.assertEqual(job.activity_ids.user_id, self.user_dispatcher)
            self.assertIn("Standard", job.activity_ids.summary)
        with self._cron_at(self._at(0, 15)):
            self.assertEqual(self._get_alerts(job), ["at_risk"])
        with self._cron_at(self._at(0, 15, 1)):
            self.assertEqual(job.sla_status, "late")
            self.assertEqual(self._get_alerts(job), ["late"], "the later word replaces the first")
        job.activity_ids.action_done()
        with self._cron_at(self._at(1, 15)):
            self.assertEqual(self._get_alerts(job), [], "told once, and seen")
        self.assertFalse(job.search_count(job._get_sla_due_domain(self._at(1, 15))))

    def test_alert_closes_by_itself_and_the_next_target_has_its_own(self):
        job = self._create_job()
        with self._cron_at(self._at(0, 14)):
            self.assertEqual(self._get_alerts(job), ["at_risk"])
            job.action_start()
            self.assertEqual(self._get_alerts(job), [])
        with self._cron_at(self._at(1, 14)):
            self.assertEqual(self._get_alerts(job), [], "12 of 16 hours are at 15:00")
        with self._cron_at(self._at(1, 15)):
            self.assertEqual(self._get_alerts(job), ["at_risk"])
        with self._cron_at(self._at(2, 11)):
            self.assertEqual(self._get_alerts(job), ["late"])
            job.action_complete()
            self.assertEqual(self._get_alerts(job), [])
            self.assertEqual(job.sla_status, "missed")
        with self._cron_at(self._at(3, 11)):
            self.assertEqual(self._get_alerts(job), [])

    def test_actual_start_noted_by_hand_closes_it_too(self):
        job = self._create_job()
        with self._cron_at(self._at(0, 16)):
            job.date_start = self._at(0, 15)
            self.assertEqual(self._get_alerts(job), [])
            self.assertEqual(job.sla_first_visit_status, "met")

    def test_target_that_moves_away_takes_the_alert_back(self):
        job = self._create_job()
        with self._cron_at(self._at(0, 16)):
            self.assertEqual(self._get_alerts(job), ["late"])
            self.policy.first_visit_hours = 6.0
            self._run_cron()
            self.assertEqual(self._get_alerts(job), ["at_risk"])
            self.policy.first_visit_hours = 16.0
            self._run_cron()
            self.assertEqual(self._get_alerts(job), [])
        with self._cron_at(self._at(3, 16)):
            self.assertEqual(self._get_alerts(job), ["late"])

    def test_nobody_is_told_while_the_client_is_waited_for(self):
        job = self._create_job()
        with freeze_time(self._at(0, 16)):
            job.action_wait_for_client()
        with self._cron_at(self._at(2, 16)):
            self.assertEqual(self._get_alerts(job), [])
            job.action_resume_sla()
            self._run_cron()
            self.assertEqual(self._get_alerts(job), ["late"])

    def test_who_is_told(self):
        job, plain = self._create_job(), self._create_job()
        job.service_file_id.user_id = self.user_internal
        job.sale_id.user_id = self.user_dispatcher
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.env.user.company_ids += company
        self.policy.write({"company_id": False, "calendar_id": False})
        company.resource_calendar_id = self.calendar.copy({"company_id": company.id})
        foreign = self._create_job(company_id=company.id)
        theirs = self._create_user("ontario", "fieldservice.group_fsm_dispatcher")
        theirs.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        told = (job | plain | foreign)._get_dispatchers()
        self.assertEqual(told[job], self.user_dispatcher, "who may not see jobs is not told")
        self.assertEqual(told[plain], self.user_dispatcher)
        self.assertIn(company, told[foreign].company_ids)
        self.assertTrue(told[foreign].has_group("fieldservice.group_fsm_dispatcher"))

    def test_cron_costs_the_same_for_any_number_of_jobs(self):
        def alert(jobs):
            with freeze_time(self._at(0, 16)):
                jobs._refresh_sla(self._at(0, 16))

        jobs = self.env["fsm.order"].concat(*[self._create_job() for _number in range(20)])
        self._get_queries(alert, jobs[0])
        few = self._get_queries(alert, jobs[1:3])
        many = self._get_queries(alert, jobs[3:])
        self.assertEqual(few, many)
        self.assertEqual({job.sla_alert for job in jobs}, {"late"})

    def test_cron_goes_on_where_a_batch_ended(self):
        jobs = self.env["fsm.order"].concat(*[self._create_job() for _number in range(5)])
        with patch("odoo.addons.sercom_jobs.models.sla.fsm_order_sla_alert.BATCH", 2):
            with self._cron_at(self._at(0, 14)):
                self.assertEqual({*jobs.mapped("sla_status")}, {"at_risk"})
                self.assertEqual(len(jobs.activity_ids), 5)
            self._run_cron()
        self.assertTrue(self.env.ref("sercom_jobs.ir_cron_sla").active)
