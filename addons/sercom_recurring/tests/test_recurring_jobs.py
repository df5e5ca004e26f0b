from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RecurringJobsCommon

NOVEMBER = ["2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24"]


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringJobs(RecurringJobsCommon):
    def _fail_on(self, *days):
        """Make the visits of these dates fail."""
        Recurring = type(self.env["fsm.recurring"])
        create_visits = Recurring._create_visits

        def fail(recurring, occurrences):
            if failing := [str(day) for day, _start in occurrences if str(day) in days]:
                reason = f"no luck on {failing[0]}"
                raise ValidationError(reason)
            return create_visits(recurring, occurrences)

        return patch.object(Recurring, "_create_visits", fail)

    # Dates

    def test_visits_are_made_for_the_days_ahead(self):
        recurring = self._start_recurring()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(recurring.fsm_order_count, 4)
        visit = self._get_visit(recurring, "2026-11-03")
        self.assertRecordValues(
            visit,
            [
                {
                    "scheduled_date_start": datetime(2026, 11, 3, 13),
                    "scheduled_date_end": datetime(2026, 11, 3, 15),
                    "scheduled_duration": 2.0,
                    "partner_id": self.client_partner.id,
                    "request_early": datetime(2026, 11, 3, 5),
                    "request_late": datetime(2026, 11, 4, 4, 59, 59),
                    "is_recurrence_changed": False,
                }
            ],
        )

    def test_local_time_stays_when_clocks_change(self):
        recurring = self._start_recurring(
            date_first=date(2026, 10, 28), repeat_unit="day", tue=False, max_orders=6
        )
        starts = recurring.fsm_order_ids.sorted("recurrence_date").mapped("scheduled_date_start")
        # Sunday 1 November clocks go back: 8:00 is 12:00 UTC, then 13:00.
        self.assertEqual([start.hour for start in starts], [12, 12, 12, 12, 13, 13])

    def test_zone_is_the_sites_or_else_the_companys(self):
        self.company.partner_id.tz = "America/Vancouver"
        recurring = self._create_recurring()
        self.assertEqual(recurring.tz, "America/Toronto")
        self.site.tz = False
        self.assertEqual(recurring.tz, "America/Vancouver")
        recurring.write({"date_first": date(2026, 11, 4), "start_hour": 9.5})
        self.assertEqual(recurring.start_date, datetime(2026, 11, 4, 17, 30))

    def test_making_twice_makes_nothing_twice(self):
        recurring = self._start_recurring()
        recurring._generate_orders()
        self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        with freeze_time("2026-11-05 15:00:00"):
            self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual(self._get_days(recurring), [*NOVEMBER, "2026-12-01"])

    def test_moved_cancelled_and_deleted_visits_are_not_made_again(self):
        recurring = self._start_recurring()
        moved, cancelled, deleted, _last = recurring.fsm_order_ids.sorted("recurrence_date")
        moved.scheduled_date_start += timedelta(days=2)
        cancelled.action_cancel()
        deleted.unlink()
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), ["2026-11-03", "2026-11-24"])
        self.assertTrue(moved.is_recurrence_changed)
        self.assertEqual(recurring.skip_ids.mapped("date"), [date(2026, 11, 17)])
        self.assertEqual(recurring.fsm_order_count, 2)

    def test_skipped_dates_have_no_visit(self):
        recurring = self._start_recurring(
            skip_ids=[Command.create({"date": date(2026, 11, 10), "reason": "Closed"})]
        )
        self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])
        self.assertIn("skipped: Closed", recurring.next_visits)

    def test_past_dates_are_not_made_on_starting(self):
        recurring = self._start_recurring(date_first=date(2026, 9, 1))
        self.assertEqual(self._get_days(recurring), ["2026-10-27", *NOVEMBER])

    def test_visits_missed_by_a_stopped_server_are_made(self):
        recurring = self._start_recurring()
        with freeze_time("2026-12-16 15:00:00"):
            recurring._generate_orders()
        self.assertIn("2026-12-01", self._get_days(recurring))

    def test_last_day_and_number_of_visits(self):
        recurring = self._start_recurring(date_last=date(2026, 11, 17))
        self.assertEqual(self._get_days(recurring), NOVEMBER[:3])
        counted = self._start_recurring(max_orders=2)
        counted.fsm_order_ids[:1].action_cancel()
        counted._generate_orders()
        self.assertEqual(counted.fsm_order_count, 2)
        self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual((recurring | counted).mapped("state"), ["progress", "progress"])
        counted.fsm_order_ids.filtered(lambda job: not job.is_closed).action_complete()
        with freeze_time("2026-11-18 15:00:00"):
            self.env["fsm.recurring"]._cron_manage_expiration()
        self.assertEqual((recurring | counted).mapped("state"), ["close", "close"])

    def test_seasonal_visits(self):
        recurring = self._start_recurring(
            date_first=date(2026, 10, 31), repeat_unit="year", apr=True, oct=True, schedule_days=400
        )
        self.assertEqual(self._get_days(recurring), ["2026-10-31", "2027-04-30", "2027-10-31"])
        label = recurring.with_context(lang="en_US").frequency_label
        self.assertEqual(label, "Every year, last day of the month, in April, October at 08:00")

    def test_frequency_set_tells_the_dates(self):
        rule = self.env["fsm.frequency"].create(
            {"name": "Fridays", "interval_type": "weekly", "use_byweekday": True, "fr": True}
        )
        frequencies = self.env["fsm.frequency.set"].create(
            {"name": "Fridays", "schedule_days": 14, "fsm_frequency_ids": [Command.link(rule.id)]}
        )
        recurring = self._start_recurring(fsm_frequency_set_id=frequencies.id)
        self.assertEqual(self._get_days(recurring), ["2026-11-06"])

    def test_jobs_of_before_hold_their_date(self):
        recurring = self._create_recurring()
        self._create_job(
            fsm_recurring_id=recurring.id, scheduled_date_start=datetime(2026, 11, 11, 1)
        )  # 10 November, 20:00 on the site
        recurring.action_start()
        self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])

    def test_template_keeps_the_duration(self):
        kind = self.env["fsm.order.type"].create({"name": "Maintenance"})
        template = self.env["fsm.template"].create(
            {"name": "Boiler", "duration": 1.0, "type_id": kind.id, "instructions": "<p>Drain</p>"}
        )
        recurring = self._start_recurring(fsm_order_template_id=template.id, scheduled_duration=6.0)
        visit = recurring.fsm_order_ids[0]
        self.assertEqual((visit.scheduled_duration, visit.type), (6.0, kind))
        self.assertIn("Drain", visit.todo)

    def test_recurring_template_takes_no_company_or_duration_away(self):
        recurring = self._start_recurring()
        recurring.fsm_recurring_template_id = self.env["fsm.recurring.template"].create(
            {"name": "Boilers", "max_orders": 4}
        )
        recurring.onchange_recurring_template_id()
        self.assertEqual(recurring.company_id, self.company)
        self.assertEqual((recurring.scheduled_duration, recurring.max_orders), (2.0, 4))

    # Failures

    def test_one_failing_visit_does_not_stop_the_rest(self):
        with self._fail_on("2026-11-10"):
            recurring = self._start_recurring()
            self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])
            self.assertEqual(len(recurring.activity_ids), 1)
            self.assertIn("no luck on 2026-11-10", recurring.activity_ids.note)
            self.assertIn("11/10/2026", recurring.visit_failure_text)
            messages = recurring.message_ids.filtered(lambda m: "no luck" in m.body)
            self.assertEqual(len(messages), 1)
            recurring._generate_orders()
            self.assertEqual(len(recurring.activity_ids), 1)
            self.assertEqual(
                recurring.message_ids.filtered(lambda m: "no luck" in m.body), messages
            )
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertFalse(recurring.activity_ids)
        self.assertFalse(recurring.visit_failures)

    def test_one_failing_recurring_job_does_not_stop_the_others(self):
        first, other = self._create_recurring(), self._create_recurring()
        (first | other).write({"state": "progress", "generate_from": date(2026, 11, 1)})
        with self._fail_on(*NOVEMBER):
            first._generate_orders()
        self.env["fsm.recurring"]._cron_generate_orders()
        self.assertEqual(self._get_days(other), NOVEMBER)

    def test_cron_commits_in_batches_and_goes_on_after_a_busy_one(self):
        first, other = self._create_recurring(), self._create_recurring()
        (first | other).write({"state": "progress", "generate_from": date(2026, 11, 1)})
        Recurring = type(first)
        generate = Recurring._generate_orders

        def busy(recurring):
            if first in recurring:
                raise SerializationFailure("busy")
            return generate(recurring)

        cron = self.env.ref("fieldservice_recurring.recurring_orders_cron")
        with self.enter_registry_test_mode(), patch.object(Recurring, "_generate_orders", busy):
            cron.method_direct_trigger()
        self.assertEqual(self._get_days(first), [])
        self.assertEqual(self._get_days(other), NOVEMBER)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._get_days(first), NOVEMBER)

    def test_visit_on_a_closed_day_is_made_and_left_to_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Jour férié",
                "date_from": datetime(2026, 11, 10, 5),
                "date_to": datetime(2026, 11, 11, 5),
                "company_id": self.company.id,
            }
        )
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.scheduled_date_start)
        self.assertIn("Jour férié", visit.activity_ids.note)

    def test_visit_during_somebodys_time_off_is_left_to_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Vacances",
                "date_from": datetime(2026, 11, 10, 5),
                "date_to": datetime(2026, 11, 11, 5),
                "resource_id": self.employee.resource_id.id,
                "calendar_id": False,
            }
        )
        recurring = self._start_recurring(person_id=self.worker.id)
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.person_id)
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 10, 13))
        self.assertIn("Luc Gagnon", visit.activity_ids.note)
        self.assertEqual((recurring.fsm_order_ids - visit).person_id, self.worker)

    # People

    def test_visits_get_their_people(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        mate = other._get_fsm_persons()[other]
        recurring = self._start_recurring(person_id=self.worker.id, person_ids=[mate.id])
        for visit in recurring.fsm_order_ids:
            self.assertEqual(visit.person_id | visit.person_ids, self.worker | mate)
            self.assertEqual(visit.assignment_ids.employee_id, self.employee | other)
            self.assertEqual(visit.assignment_ids.mapped("state"), ["draft", "draft"])
            self.assertFalse(visit.is_recurrence_changed)

    def test_conflict_leaves_the_visit_to_plan_and_tells_the_dispatcher(self):
        self._create_job(
            person_id=self.worker.id,
            scheduled_date_start=datetime(2026, 11, 10, 14),
            scheduled_duration=1.0,
        )
        recurring = self._start_recurring(person_id=self.worker.id, user_id=self.user_dispatcher.id)
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.person_id | visit.person_ids)
        self.assertFalse(visit.assignment_ids)
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 10, 13))
        activity = visit.activity_ids
        self.assertEqual(activity.user_id, self.user_dispatcher)
        for words in (visit.name, "Luc Gagnon", "already planned"):
            self.assertIn(words, activity.note)
        others = recurring.fsm_order_ids - visit
        self.assertEqual(others.person_id, self.worker)
        self.assertFalse(others.activity_ids)

    def test_confirmed_visits_are_in_the_calendar_once(self):
        recurring = self._start_recurring(
            person_id=self.worker.id, confirm_visits=True, date_last=date(2026, 11, 10)
        )
        events = self.env["calendar.event"].search(
            [("fsm_order_id", "in", recurring.fsm_order_ids.ids)]
        )
        self.assertEqual(len(events), 2)
        self.assertEqual(
            set(events.mapped("start")), {datetime(2026, 11, 3, 13), datetime(2026, 11, 10, 13)}
        )
        self.assertEqual(set(recurring.fsm_order_ids.mapped("state")), {"planned"})

    # Life

    def test_visits_share_one_file(self):
        recurring = self._start_recurring()
        self.assertTrue(recurring.service_file_id)
        self.assertEqual(recurring.fsm_order_ids.service_file_id, recurring.service_file_id)
        self.assertEqual(recurring.fsm_order_ids.sale_id.service_file_id, recurring.service_file_id)

    def test_suspend_and_resume(self):
        recurring = self._start_recurring()
        first = self._get_visit(recurring, "2026-11-03")
        first.action_start()
        recurring.action_suspend()
        self.assertEqual(self._get_days(recurring), ["2026-11-03"])
        self.assertEqual(first.state, "in_progress")
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), ["2026-11-03"])
        with freeze_time("2026-11-12 15:00:00"):
            recurring.action_start()
        self.assertEqual(
            self._get_days(recurring),
            ["2026-11-03", "2026-11-17", "2026-11-24", "2026-12-01", "2026-12-08"],
        )

    def test_reopening_a_visit_whose_date_was_made_again_is_refused(self):
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-10")
        recurring.action_suspend()
        recurring.action_start()
        with self.assertRaisesRegex(Exception, "fsm_order_recurrence_uniq"), self.cr.savepoint():
            visit.action_reopen()
            visit.flush_recordset()

    def test_deleting_one_with_visits_is_refused(self):
        recurring = self._start_recurring()
        with self.assertRaisesRegex(UserError, "has visits"):
            recurring.unlink()
        self._create_recurring().unlink()

    # From a job or a quote

    def test_job_becomes_the_first_visit(self):
        job = self._create_billable_job(
            person_id=self.worker.id,
            scheduled_date_start=datetime(2026, 11, 3, 13),
            scheduled_duration=3.0,
        )
        action = job.action_make_recurring()
        recurring = self.env["fsm.recurring"].browse(action["res_id"])
        self.assertRecordValues(
            recurring,
            [
                {
                    "location_id": self.site.id,
                    "person_id": self.worker.id,
                    "scheduled_duration": 3.0,
                    "date_first": date(2026, 11, 3),
                    "start_hour": 8.0,
                    "service_file_id": job.service_file_id.id,
                    "sale_id": job.sale_id.id,
                }
            ],
        )
        self.assertEqual(recurring.line_ids.product_id, self.products)
        self.assertEqual(recurring.line_ids.mapped("product_uom_qty"), [3.0, 1.0, 2.0])
        self.assertEqual(job.action_make_recurring()["res_id"], recurring.id)
        recurring.action_start()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(self._get_visit(recurring, NOVEMBER[0]), job)
        self.assertEqual(job.action_view_fsm_recurring()["res_id"], recurring.id)

    def test_what_was_free_or_taken_off_stays_so(self):
        job = self._create_billable_job(scheduled_date_start=datetime(2026, 11, 3, 13))
        work, travel, _part = job.sale_line_ids
        work.price_unit = 0.0
        travel.product_uom_qty = 0.0
        action = job.action_make_recurring()
        recurring = self.env["fsm.recurring"].browse(action["res_id"])
        self.assertEqual(len(recurring.line_ids), 2)
        recurring.action_start()
        visit = self._get_visit(recurring, NOVEMBER[1])
        self.assertEqual(visit.sale_line_ids.mapped("price_subtotal"), [0.0, 80.0])

    def test_quote_is_sold_and_its_job_is_the_first_visit(self):
        quote = self._create_quote()
        recurring = self.env["fsm.recurring"].browse(quote.action_make_recurring()["res_id"])
        self.assertEqual(quote.state, "sale")
        job = quote.fsm_order_ids
        self.assertEqual(recurring.fsm_order_ids, job)
        recurring.write({"date_first": date(2026, 11, 3), "tue": True})
        recurring.action_start()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(self._get_visit(recurring, NOVEMBER[0]), job)
        self.assertEqual(job.scheduled_date_start, datetime(2026, 11, 3, 13))
        self.assertEqual(quote.action_view_recurring()["res_id"], recurring.id)
        self.assertEqual(quote.action_make_recurring()["res_id"], recurring.id)

    # Form

    def test_form_shows_the_next_visits_while_typing(self):
        form = Form(self.env["fsm.recurring"].with_user(self.user_dispatcher))
        form.location_id = self.site
        form.date_first = date(2026, 11, 3)
        form.start_hour = 13.5
        form.repeat_unit = "month"
        form.month_day = 31
        self.assertIn("Nov 2026", form.next_visits)
        self.assertIn("13:30", form.next_visits)
        self.assertIn("30", form.next_visits)
        recurring = form.save()
        self.assertEqual(recurring.start_date, datetime(2026, 11, 3, 18, 30))
        self.assertEqual(recurring.partner_id, self.client_partner)

    def test_dispatcher_runs_it_all_and_others_do_not_start_it(self):
        recurring = self._create_recurring()
        with self.assertRaises(AccessError):
            recurring.with_user(self.user_technician).read(["name"])
        estimator = self._create_user("recurring_estimator", "fieldservice.group_fsm_user")
        with self.assertRaises(AccessError):
            recurring.with_user(estimator).action_start()
        with self.assertRaises(AccessError):
            recurring.with_user(estimator).state = "progress"
        recurring.with_user(self.user_dispatcher).action_start()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(recurring.fsm_order_ids.create_uid, self.user_dispatcher)

    def test_queries_do_not_grow_with_what_is_made_already(self):
        recurring = self._start_recurring()
        few = self._get_queries(recurring._generate_orders)
        recurring.write({"schedule_days": 300})
        recurring._generate_orders()
        many = self._get_queries(recurring._generate_orders)
        self.assertEqual(few, many)

    def test_other_companies_do_not_see_it(self):
        company = self.env["res.company"].create({"name": "Other company"})
        recurring = self._create_recurring()
        stranger = self._create_user("recurring_stranger", "fieldservice.group_fsm_dispatcher")
        stranger.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        for record in (recurring, recurring.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["company_id"])

    def test_second_company_has_visits_of_its_own(self):
        company = self.env["res.company"].create({"name": "Second company"})
        recurring = self._start_recurring(company_id=company.id, line_ids=[])
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(recurring.fsm_order_ids.company_id, company)
        self.assertEqual(recurring.fsm_order_ids.sale_id.company_id, company)
