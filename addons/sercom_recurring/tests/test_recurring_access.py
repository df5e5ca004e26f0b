from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringAccess(RecurringJobsCommon):
    """Who may write what of a recurring job, and whose its dialogs are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.estimator = cls._create_user("recurring_estimator", "fieldservice.group_fsm_user")
        cls.recurring = cls._start_recurring()

    def _create_stranger(self):
        company = self.env["res.company"].create({"name": "Other company"})
        stranger = self._create_user("recurring_stranger", "fieldservice.group_fsm_dispatcher")
        stranger.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        return stranger

    def _get_dialog_vals(self, model):
        vals = {"fsm_recurring_id": self.recurring.id}
        if model == "sercom.recurring.end":
            vals["date_last"] = date(2026, 12, 1)
        return vals

    def test_office_changes_what_was_agreed_on_its_form(self):
        with Form(self.recurring.with_user(self.estimator)) as form:
            form.start_hour = 9.0
            form.repeat_interval = 2
            form.description = "Filters"
            with form.line_ids.new() as line:
                line.product_id = self.product_travel
            with form.skip_ids.new() as skip:
                skip.date = date(2026, 12, 22)
        sold = self.product_visit | self.product_travel
        self.assertEqual(self.recurring.line_ids.product_id, sold)
        self.assertEqual(self.recurring.skip_ids.date, date(2026, 12, 22))
        self.assertTrue(self.recurring.change_pending)

    def test_only_a_dispatcher_writes_the_state(self):
        with self.assertRaises(AccessError):
            self.recurring.with_user(self.estimator).state = "close"
        self.recurring.with_user(self.user_dispatcher).state = "close"

    def test_nobody_writes_what_is_noted_by_itself(self):
        manager = self._create_user("recurring_manager", "fieldservice.group_fsm_manager")
        order = self.recurring.fsm_order_ids[0].sale_id
        for vals in (
            {"visit_failures": {"2026-11-03": "made up"}},
            {"change_pending": True},
            {"generate_from": "2027-01-01"},
            {"sale_id": order.id},
        ):
            for user in (self.estimator, self.user_dispatcher, manager):
                with self.subTest(vals=vals, user=user.login), self.assertRaises(AccessError):
                    self.recurring.with_user(user).write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.env["fsm.recurring"].with_user(manager).create(
                    {"location_id": self.site.id, **vals}
                )

    def test_lines_and_skips_stay_on_their_recurring_job(self):
        other = self._create_recurring(
            skip_ids=[Command.create({"date": date(2026, 12, 1), "reason": "Closed"})]
        )
        for record in (other.line_ids, other.skip_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.user_dispatcher).fsm_recurring_id = self.recurring

    def test_no_context_key_hides_that_a_visit_was_changed_apart(self):
        visit = self._get_visit(self.recurring, "2026-11-03").with_user(self.user_dispatcher)
        visit = visit.with_context(recurring_sync=True)
        visit.scheduled_date_start = "2026-11-04 13:00:00"
        self.assertTrue(visit.is_recurrence_changed)

    def test_no_context_key_hides_that_visits_do_not_follow(self):
        recurring = self.recurring.with_user(self.user_dispatcher)
        recurring.with_context(recurring_sync=True).start_hour = 10.0
        self.assertTrue(recurring.change_pending)

    def test_dialogs_are_read_by_who_opened_them(self):
        mate = self._create_user("recurring_mate", "fieldservice.group_fsm_dispatcher")
        for model in ("sercom.recurring.change", "sercom.recurring.end"):
            dialog = self.env[model].with_user(self.user_dispatcher)
            dialog = dialog.create(self._get_dialog_vals(model))
            dialog.read(["fsm_recurring_id"])
            with self.assertRaises(AccessError):
                dialog.with_user(mate).read(["fsm_recurring_id"])

    def test_other_companies_do_not_change_or_end_it(self):
        stranger = self._create_stranger()
        for model in ("sercom.recurring.change", "sercom.recurring.end"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(stranger).create(self._get_dialog_vals(model))
        with self.assertRaises(AccessError):
            self.recurring.with_user(stranger).action_suspend()

    def test_dialog_is_for_a_visit_of_its_own_recurring_job(self):
        other = self._start_recurring()
        with self.assertRaisesRegex(UserError, "is no visit of"):
            self.env["sercom.recurring.change"].with_user(self.user_dispatcher).create(
                {"fsm_recurring_id": self.recurring.id, "fsm_order_id": other.fsm_order_ids[0].id}
            )
