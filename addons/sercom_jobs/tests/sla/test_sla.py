from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from ..common import SercomJobsCommon

# Monday; Montréal is five hours behind UTC from 1 November 2026 on.
NOW = datetime(2026, 11, 2, 15)  # 10:00 in Montréal


class SercomSlaCommon(SercomJobsCommon):
    """Policies on a calendar of Montréal: Monday to Friday, 8–12 and 13–17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Montréal",
                "tz": "America/Toronto",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": period,
                        }
                    )
                    for day in range(5)
                    for start, end, period in ((8, 12, "morning"), (13, 17, "afternoon"))
                ],
            }
        )
        cls.policy = cls._create_policy()
        frozen = freeze_time(NOW)
        frozen.start()
        cls.addClassCleanup(frozen.stop)

    @classmethod
    def _create_policy(cls, **vals):
        return cls.env["sercom.sla.policy"].create(
            {
                "name": "Standard",
                "calendar_id": cls.calendar.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
                **vals,
            }
        )

    @classmethod
    def _at(cls, day, hour, minute=0):
        """Instant in UTC of an hour in Montréal, ``day`` days after the Monday."""
        return datetime(2026, 11, 2 + day, hour + 5, minute)

    @classmethod
    def _holiday(cls, day, company=None, **vals):
        """Close a day until 18:00 in Montréal; Odoo gives leaves the company they are made in."""
        Leave = cls.env["resource.calendar.leaves"].with_company(company or cls.company)
        span = {"date_from": cls._at(day, 0), "date_to": cls._at(day, 18)}
        return Leave.create({"name": "Jour férié", **span, **vals})


@tagged("post_install", "-at_install")
class TestSlaPolicy(SercomSlaCommon):
    def test_job_gets_the_most_specific_policy(self):
        job = self._create_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        urgent = self._create_policy(name="Urgent", priority="3", first_visit_hours=2.0)
        self.assertEqual(job.sla_policy_id, self.policy, "a job keeps the policy it has")
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, urgent)
        contract = self._create_policy(
            name="Contract", sequence=99, partner_ids=[Command.set(self.client_partner.ids)]
        )
        self.assertEqual(self._create_job(priority="3").sla_policy_id, contract)

    def test_contacts_of_a_firm_have_its_contract(self):
        firm = self.env["res.partner"].create({"name": "Immeubles Nord", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Concierge", "parent_id": firm.id})
        contract = self._create_policy(name="Contract", partner_ids=[Command.set(firm.ids)])
        site = self._create_site(owner_id=contact.id)
        self.assertEqual(self._create_job(location_id=site.id).sla_policy_id, contract)
        self.assertEqual(self._create_job().sla_policy_id, self.policy)

    def test_category_of_the_service_and_its_children(self):
        parent = self.env["product.category"].create({"name": "Drains"})
        child = self.env["product.category"].create({"name": "Cameras", "parent_id": parent.id})
        policy = self._create_policy(name="Drains", category_ids=[Command.set(parent.ids)])
        job = self._create_billable_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        job.sale_line_ids[0].product_id.categ_id = child
        self.assertEqual(self._create_billable_job().sla_policy_id, policy)

    def test_policy_chosen_by_hand_stays(self):
        other = self._create_policy(name="Other", sequence=99)
        urgent = self._create_policy(name="Urgent", priority="3")
        job = self._create_job()
        with Form(job.with_user(self.user_dispatcher)) as form:
            form.sla_policy_id = other
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, other)
        job.sla_policy_id = urgent
        job.priority = "0"
        self.assertEqual(job.sla_policy_id, self.policy, "the one that fits follows the job again")
        job.sla_policy_id = False
        job.priority = "3"
        self.assertFalse(job.sla_policy_id, "none, by hand")

    def test_form_of_a_new_job_chooses_nothing_by_hand(self):
        urgent = self._create_policy(name="Urgent", priority="3")
        with Form(self.env["fsm.order"].with_user(self.user_dispatcher)) as form:
            form.location_id = self.site
            self.assertEqual(form.sla_policy_id, self.policy)
        job = form.record
        self.assertFalse(job.is_sla_chosen)
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, urgent)

    def test_policy_of_another_company(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.env.user.company_ids += company
        theirs = self._create_policy(name="Theirs", company_id=company.id, calendar_id=False)
        self.policy.sequence = 99
        job = self._create_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        self.assertEqual(self._create_job(company_id=company.id).sla_policy_id, theirs)
        with self.assertRaises(UserError):
            job.sla_policy_id = theirs
            self.env.flush_all()

    def test_promised_policy_is_archived_not_deleted(self):
        job = self._create_job()
        self.assertEqual(self.policy.job_count, 1)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.policy.unlink()
        self.policy.active = False
        self.assertEqual(job.sla_policy_id, self.policy)
        self.assertFalse(self._create_job().sla_policy_id)

    def test_targets_that_make_no_sense(self):
        with self.assertRaisesRegex(ValidationError, "completed before its first visit"):
            self._create_policy(first_visit_hours=9.0, completion_hours=8.0)
        for vals in ({"first_visit_hours": -1.0}, {"at_risk_share": 0.0}, {"at_risk_share": 1.5}):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._create_policy(**vals)

    # Quote

    def test_quote_states_it_and_the_job_inherits_it(self):
        urgent = self._create_policy(name="Urgent", priority="3", first_visit_hours=2.5)
        order = self._create_request(priority="3")._make_quote()
        order = self.env["sale.order"].union(*order.values())
        self.assertEqual(order.sla_policy_id, urgent)
        self.assertIn("First visit within 2.50 working hours", order.sla_text)
        self.assertIn("Work completed within 16 working hours", order.sla_text)
        order.sla_policy_id = self.policy
        self.assertIn("First visit within 4 working hours", order.sla_text)
        order.action_confirm()
        job = order.fsm_order_ids
        self.assertEqual(job.priority, "3")
        self.assertEqual(job.sla_policy_id, self.policy, "what was promised, not what fits")
        job.priority = "0"
        self.assertEqual(job.sla_policy_id, self.policy)
        urgent.sequence = 0
        order.order_line[0].product_uom_qty = 5
        self.assertEqual(order.sla_policy_id, self.policy)

    def test_promise_in_the_words_and_language_of_the_policy(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.policy.description = "<p>We come today.</p>"
        self.policy.update_field_translations(
            "description", {"fr_CA": {"We come today.": "Nous venons aujourd'hui."}}
        )
        self.assertIn("We come today", self._create_quote().sla_text)
        self.client_partner.lang = "fr_CA"
        self.assertIn("Nous venons", self._create_quote().sla_text)

    def test_promise_typed_by_hand_stays(self):
        other = self._create_policy(name="Other", first_visit_hours=1.0)
        order = self._create_quote(sla_text="<p>Two days</p>")
        order.sla_policy_id = other
        self.assertIn("Two days", order.sla_text)
        order = self._create_quote()
        order.sla_policy_id = other
        self.assertIn("within 1 working", order.sla_text)
        revision = self.env["sale.order"].browse(order.action_revise()["res_id"])
        self.assertEqual((revision.sla_policy_id, revision.sla_text), (other, order.sla_text))

    def test_sale_without_service_has_no_promise(self):
        order = self._create_quote(
            fsm_location_id=False, order_line=[self._line(self.product_part)]
        )
        self.assertFalse(order.sla_policy_id)
        self.assertFalse(order.sla_text)

    def test_clock_starts_when_the_client_asked(self):
        with freeze_time(self._at(0, 9)):
            quoted, direct = (
                self._create_request(request_early=False),
                self._create_request(request_early=False),
            )
            self.env.flush_all()
            quoted.action_convert_to_quote()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id IN %s",
            (self._at(0, 9), tuple((quoted | direct).ids)),
        )
        (quoted | direct).invalidate_recordset(["create_date"])
        (quoted | direct).action_convert_to_job()
        self.assertEqual(quoted.fsm_order_ids.sla_start, NOW, "accepted now")
        self.assertEqual(direct.fsm_order_ids.sla_start, self._at(0, 9), "waits since the call")
        self.assertEqual(self._create_job().sla_start, NOW)
        wish = self._at(3, 9)
        self.assertEqual(self._create_job(request_early=wish).sla_start, wish)
        with freeze_time(self._at(4, 9)):
            action = quoted.order_ids.action_new_job()
            more = self.env["fsm.order"].browse(action["res_id"])
            self.assertEqual(more.sla_start, self._at(4, 9), "one more job is asked now")


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
