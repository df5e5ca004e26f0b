from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import NOVEMBER, RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringJobs(RecurringJobsCommon):
    """Life of a recurring job, and what it is made from."""

    def test_visits_share_one_file(self):
        recurring = self._start_recurring()
        self.assertTrue(recurring.service_file_id)
        self.assertEqual(recurring.fsm_order_ids.service_file_id, recurring.service_file_id)
        self.assertEqual(recurring.fsm_order_ids.sale_id.service_file_id, recurring.service_file_id)

    def test_the_only_site_of_the_client_is_filled_in(self):
        Recurring = self.env["fsm.recurring"].with_user(self.user_dispatcher)
        form = Form(Recurring)
        form.partner_id = self.client_partner
        self.assertEqual(form.location_id, self.site)
        self.assertEqual(form.partner_id, self.client_partner)
        other = self._create_site(owner_id=self.client_partner.id)
        form = Form(Recurring)
        form.partner_id = self.client_partner
        self.assertFalse(form.location_id, "one of two is not guessed")
        form.location_id = other
        form.partner_id = self.client_partner
        self.assertEqual(form.location_id, other)

    def test_what_was_filled_in_goes_with_its_client(self):
        family = self.env["res.partner"].create({"name": "Famille Roy"})
        home = self._create_site(name="Roy", owner_id=family.id)
        form = Form(self.env["fsm.recurring"].with_user(self.user_dispatcher))
        form.partner_id = self.client_partner
        form.partner_id = family
        self.assertEqual((form.partner_id, form.location_id), (family, home))
        nobody = self.env["res.partner"].create({"name": "Without a site"})
        form.partner_id = nobody
        self.assertEqual(form.partner_id, nobody)
        self.assertFalse(form.location_id)
        chosen = self._create_site(name="Chosen", owner_id=nobody.id)
        form.location_id = chosen
        form.partner_id = family
        self.assertEqual(form.location_id, chosen)

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

    def test_a_recurring_job_of_another_client_has_its_own_file(self):
        quote = self._create_quote()
        file = quote.service_file_id
        recurring = self._create_recurring(service_file_id=file.id)
        self.assertEqual(recurring.service_file_id, file)
        other = self.env["res.partner"].create({"name": "Paul Roy"})
        recurring.location_id = self._create_site(name="Triplex", owner_id=other.id)
        self.assertNotEqual(recurring.service_file_id, file)
        self.assertEqual(recurring.service_file_id.partner_id, other)
        self.assertEqual((quote.service_file_id, file.partner_id), (file, self.client_partner))

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
