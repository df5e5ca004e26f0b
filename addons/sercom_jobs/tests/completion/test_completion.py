from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import SercomJobsCommon

SIGNATURE = PIXEL.decode()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestCompletion(SercomJobsCommon):
    """What a job needs to be completed, and completing it on site or without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(person_id=cls.worker.id, scheduled_date_start=cls.start)
        cls.own = cls.job.with_user(cls.user_technician)

    def _kinds(self, job):
        return [item["kind"] for item in job._get_missing_to_complete()[job]]

    def test_signature_is_asked_by_company_template_or_service(self):
        self.assertFalse(self.job.is_signature_required)
        self.company.is_signature_required = True
        self.assertTrue(self.job.is_signature_required)
        self.company.is_signature_required = False
        self.job.template_id = self.env["fsm.template"].create(
            {"name": "Boiler", "is_signature_required": True}
        )
        self.assertTrue(self.job.is_signature_required)
        self.job.with_user(self.user_dispatcher).is_signature_required = False
        self.assertFalse(self.job.is_signature_required)
        with self.assertRaisesRegex(AccessError, "Only the office says whether"):
            self.own.is_signature_required = True
        service = self._create_product(
            name="Visit", type="service", is_signature_required=True, list_price=90.0
        )
        other = self._create_job()
        other._update_order_line_info(service.id, 1)
        self.assertTrue(other.is_signature_required)

    def test_everything_missing_is_in_one_message(self):
        self.job.is_signature_required = True
        self.job.checklist_ids = self.env["sercom.checklist"].create(
            {
                "name": "Gas",
                "line_ids": [(0, 0, {"name": "Gas shut off", "is_required": True})],
            }
        )
        self.assertEqual(self._kinds(self.own), ["checklist", "signature"])
        with self.assertRaisesRegex(UserError, "Gas shut off.*The client has not signed"):
            self.own.action_complete()

    def test_dispatcher_completes_without_signature_and_says_why(self):
        self.job.is_signature_required = True
        with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
            self.own._complete_without("Nobody home")
        with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
            self.own.write({"incomplete_reason": "Nobody home"})
        wizard = (
            self.env["sercom.job.complete"]
            .with_user(self.user_dispatcher)
            .create({"fsm_order_id": self.job.id, "reason": "Nobody home"})
        )
        self.assertIn("has not signed", wizard.missing_text)
        wizard.action_complete()
        self.assertEqual(self.job.state, "done")
        self.assertIn("Nobody home", "".join(self.job.message_ids.mapped("body")))
        self.job.action_reopen()
        self.assertFalse(self.job.incomplete_reason)
        self.assertEqual(self._kinds(self.job), ["signature"])

    def test_on_site_all_at_once(self):
        self.job.is_signature_required = True
        self.own.action_start()
        self.job.date_start = "2026-11-03 14:00:00"
        vals = {
            "found_note": "Leak at the valve",
            "work_note": "Valve replaced",
            "advice_note": "Replace the hose",
            "signature": SIGNATURE,
            "signed_by": "Marie",
            "moment": "2026-11-03 15:30:00",
        }
        answer = self.own.action_complete_on_site(vals)
        self.assertEqual(answer, {"state": "done", "missing": []})
        self.assertRecordValues(
            self.job,
            [
                {
                    "state": "done",
                    "work_note": "Valve replaced",
                    "signed_by": "Marie",
                    "date_end": self.start.replace(hour=15, minute=30),
                    "signed_on": self.start.replace(hour=15, minute=30),
                }
            ],
        )
        count = len(self.job.message_ids)
        self.assertEqual(self.own.action_complete_on_site(vals)["state"], "done")
        self.assertEqual(len(self.job.message_ids), count)

    def test_on_site_keeps_nothing_when_something_is_missing(self):
        self.job.is_signature_required = True
        answer = self.own.action_complete_on_site({"work_note": "Valve replaced"})
        self.assertEqual(answer["state"], self.job.state)
        self.assertEqual([item["kind"] for item in answer["missing"]], ["signature"])
        self.assertFalse(self.job.work_note)

    def test_on_site_refuses_what_is_no_signature_and_a_future_moment(self):
        with self.assertRaisesRegex(UserError, "not a picture"):
            self.own.action_complete_on_site({"signature": "bm90IGEgcGljdHVyZQ=="})
        self.assertEqual(self.job.state, "to_plan")
        self.own.action_complete_on_site({"moment": "2031-01-01 00:00:00"})
        self.assertEqual(str(self.job.date_end), "2026-11-03 16:00:00")

    def test_on_site_is_not_before_the_job_was_there(self):
        """Neither before it was made and asked for, nor before its first visit."""
        self.job.request_early = self.start
        self.env.flush_all()
        query = "UPDATE fsm_order SET create_date = %s WHERE id = %s"
        self.env.cr.execute(query, [self.start, self.job.id])
        self.env.invalidate_all()
        early = self.start - timedelta(minutes=30)
        for moment in (early, self.start - timedelta(minutes=3), "2020-01-01 08:00:00"):
            words = f"{self.job.name} was not there yet on .*Set the clock of the phone right"
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self.own.action_complete_on_site({"moment": str(moment), "work_note": "Done"})
            self.assertRecordValues(
                self.job, [{"state": "to_plan", "work_note": False, "date_end": False}]
            )
        for first, moment in ((self.start, self.start - timedelta(minutes=1)), (early, early)):
            with self.subTest(moment=moment), self.cr.savepoint() as savepoint:
                self.job.assignment_ids.date_start = first
                answer = self.own.action_complete_on_site({"moment": str(moment)})
                self.assertEqual(answer["state"], "done")
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_reopening_undoes_completion(self):
        self.own.action_complete_on_site({"signature": SIGNATURE, "signed_by": "Marie"})
        with self.assertRaisesRegex(UserError, "closed and signed"):
            self.own.write({"signature": SIGNATURE})
        with self.assertRaisesRegex(UserError, "its report is made"):
            self.own.work_note = "More"
        self.job.with_user(self.user_dispatcher).action_reopen("Leaks again")
        self.assertRecordValues(
            self.job, [{"date_end": False, "signature": False, "signed_by": False}]
        )
        bodies = "".join(self.job.message_ids.mapped("body"))
        self.assertIn("Leaks again", bodies)
        self.assertIn("Marie", bodies)

    def test_technicians_do_not_write_the_engines_fields(self):
        for name in ("date_start", "date_end"):
            with self.assertRaises(AccessError):
                self.own.write({name: "2026-11-01"})
        for vals in (
            {"sla_start": "2026-11-01 00:00:00"},
            {"sold_hours": 99.0},
            {"planned_hours": 99.0},
            {"origin_job_id": self.job.id},
            {"incomplete_reason": "Because"},
            {"invoice_lines": [(5, 0, 0)]},
            {"people_count": 9},
            {"name": "J"},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                self.own.write(vals)
        self.own.action_start()
        self.assertTrue(self.job.date_start)
        self.own.action_complete()
        self.assertTrue(self.job.date_end)
        self.job.with_user(self.user_dispatcher).date_end = "2026-11-03 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestNextVisit(SercomJobsCommon):
    """The next visit, and another issue found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_billable_job(person_id=cls.worker.id, scheduled_date_start=cls.start)
        cls.own = cls.job.with_user(cls.user_technician)

    def test_technician_asks_for_a_visit_once(self):
        self.own.action_start()
        action = self.own.action_plan_next_visit("2026-11-10", "Bring the valve")
        self.assertEqual(action["tag"], "display_notification")
        visit = self.job.next_job_ids
        self.assertRecordValues(
            visit,
            [
                {
                    "state": "to_plan",
                    "sale_id": self.job.sale_id.id,
                    "service_file_id": self.job.service_file_id.id,
                    "location_id": self.site.id,
                    "person_id": False,
                }
            ],
        )
        self.assertIn("Bring the valve", visit.todo)
        self.own.action_plan_next_visit(next_visit_note="Bring two valves")
        self.assertEqual(self.job.next_job_ids, visit)
        self.assertIn("two", visit.todo)
        action = self.job.with_user(self.user_dispatcher).action_plan_next_visit()
        self.assertEqual(action["res_id"], visit.id)

    def test_a_locked_order_gets_no_more_jobs(self):
        self.job.sale_id.action_lock()
        self.own.action_plan_next_visit()
        self.assertNotEqual(self.job.next_job_ids.sale_id, self.job.sale_id)
        self.assertEqual(self.job.next_job_ids.service_file_id, self.job.service_file_id)

    def test_not_anothers_job(self):
        other = self._create_job().with_user(self.user_technician)
        with self.assertRaises(AccessError):
            other.action_plan_next_visit()
        with self.assertRaises(AccessError):
            other.action_report_issue("Rust")

    def test_another_issue_is_told_to_the_office(self):
        self.job.service_file_id.user_id = self.user_dispatcher
        with self.assertRaisesRegex(UserError, "Tell the office"):
            self.own.action_report_issue("  ")
        self.own.action_report_issue("Rust <b> on the tank")
        activity = self.job.activity_ids
        self.assertEqual(activity.user_id, self.user_dispatcher)
        self.assertIn("Rust &lt;b&gt;", activity.note)
        action = self.job.with_user(self.user_dispatcher).action_report_issue("Rust")
        self.assertEqual(action["res_model"], "sale.order")
