from odoo import Command
from odoo.tests import Form, tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestPolicies(BillingCommon):
    """Sold, as worked, as worked up to a limit: by line, job, service and company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.line = cls.hourly.sale_line_ids
        cls.entry = cls._work(cls.hourly, 4)

    def _create_fixed_job(self, **vals):
        job = self._create_job()
        product = self._sell_by_the_hour(
            service_policy="ordered_prepaid", invoice_policy="order", **vals
        )
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 3.0,
            }
        )
        return job

    def test_nobody_says_anything(self):
        self.assertFalse(self.line.effective_billing_policy)
        self._assert_left(self.hourly, 4.0)

    def test_the_nearest_word_counts(self):
        self.company.billing_policy = "sold"
        self.assertEqual(self.line.effective_billing_policy, "sold")
        self.line.product_id.billing_policy = "capped"
        self.assertEqual(self.line.effective_billing_policy, "capped")
        self.hourly.billing_policy = "sold"
        self.assertEqual(self.line.effective_billing_policy, "sold")
        self.line.billing_policy = "actual"
        self.assertEqual(self.line.effective_billing_policy, "actual")

    def test_as_sold(self):
        self.hourly.billing_policy = "sold"
        self.assertEqual(self.line.qty_to_invoice, 3.0)
        self.assertEqual(self._bill(self.hourly, post=True).amount_untaxed, 360.0)
        self.assertEqual(self.line.qty_to_invoice, 0.0)
        self.assertEqual(self.line.untaxed_amount_to_invoice, 0.0)
        self._assert_ledger(self.hourly)

    def test_a_fixed_price_as_worked(self):
        for service_type in ("timesheet", "manual"):
            job = self._create_fixed_job(service_type=service_type)
            self._work(job, 4, self.start - DAY)
            job.billing_policy = "actual"
            self._assert_left(job, 4.0, service_type)
            self.assertEqual(job.sale_line_ids.untaxed_amount_to_invoice, 480.0)
            self._bill(job, post=True)
            self.assertEqual(job.sale_line_ids.invoice_status, "invoiced")
            self._assert_left(job, 0.0, service_type)
            self.start -= DAY

    def test_a_period_is_asked_for_whatever_the_service_says(self):
        job = self._create_fixed_job(service_type="manual")
        order = job.sale_id
        Wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        self.assertFalse(Wizard.create({}).invoicing_timesheet_enabled)
        job.billing_policy = "actual"
        day = self._work(job, 2, self.start - DAY).timesheet_ids.date
        self._work(job, 3, self.start - 2 * DAY)
        with Form(Wizard) as form:
            form.date_start_invoice_timesheet = day
            form.date_end_invoice_timesheet = day
        form.record.create_invoices()
        self.assertEqual(order.invoice_ids.invoice_line_ids.quantity, 2.0)
        self._assert_left(job, 3.0)

    def test_flat_fees_stay_flat(self):
        fee = self._create_product(name="Call-out", type="service", list_price=50.0)
        line = self.line.create(
            {
                "order_id": self.hourly.sale_id.id,
                "fsm_order_id": self.hourly.id,
                "product_id": fee.id,
            }
        )
        self.hourly.billing_policy = "actual"
        self.assertFalse(line.effective_billing_policy)

    def test_changed_in_mid_job(self):
        self._bill(self.hourly, post=True)
        self.hourly.billing_policy = "sold"
        self.assertEqual(self.line.qty_to_invoice, -1.0, "One hour more was billed than sold.")
        self._assert_ledger(self.hourly)
        self.hourly.billing_policy = "actual"
        self._assert_left(self.hourly, 0.0)
        self._work(self.hourly, 2, self.start - DAY)
        self._assert_left(self.hourly, 2.0)

    def test_from_sold_to_worked_bills_the_difference(self):
        self.line.billing_policy = "sold"
        self._bill(self.hourly, post=True)
        self.line.billing_policy = "actual"
        self._assert_left(self.hourly, 1.0)
        self.line.billing_policy = "capped"
        self._assert_left(self.hourly, 0.0)

    def test_changes_are_told(self):
        self.env.flush_all()
        self.cr.precommit.run()  # what a new job says of itself is not told
        self.hourly.with_context(mail_notrack=False).billing_policy = "capped"
        self.env.flush_all()
        self.cr.precommit.run()
        told = self.hourly.message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertIn("billing_policy", told)
        self.line.billing_policy = "actual"
        self.assertIn("As Worked", self.hourly.sale_id.message_ids[0].body)

    def test_a_closed_job_stays_as_its_service_was(self):
        self._complete(self.hourly)
        self.company.billing_policy = "sold"
        self.line.product_id.billing_policy = "capped"
        self.assertFalse(self.line.effective_billing_policy)
        self._assert_left(self.hourly, 4.0)

    def test_a_service_and_odoo_say_the_same(self):
        service = self.line.product_id.product_tmpl_id
        service.billing_policy = "sold"
        self.assertEqual(service.service_policy, "ordered_prepaid")
        service.billing_policy = "capped"
        self.assertEqual(service.service_policy, "delivered_timesheet")
        service.service_policy = "ordered_prepaid"
        self.assertFalse(service.billing_policy)

    def test_aligned_to_actual(self):
        job = self._create_fixed_job()
        self._work(job, 4, self.start - DAY)
        self._complete(job)
        self._bill(job, post=True)
        self.hourly.with_user(self.user_biller).action_align_to_sold()
        self._assert_left(self.hourly, 3.0)
        (job | self.hourly).with_user(self.user_biller).action_align_to_actual()
        self._assert_left(self.hourly, 4.0)
        self._assert_left(job, 1.0)

    def test_aligned_to_actual_after_a_credit(self):
        """Hours that come later are on the invoice that stands, not on the one that is credited."""
        job = self._create_fixed_job()
        self._credit(self._bill(job, post=True))
        again = self._bill(job)
        line = again.invoice_line_ids.filtered("quantity")
        again.write({"invoice_line_ids": [Command.update(line.id, {"quantity": 2.0})]})
        again.action_post()
        hours = self._work(job, 4, self.start - DAY).timesheet_ids
        job.with_user(self.user_biller).action_align_to_actual()
        self.assertRecordValues(
            job.sale_line_ids, [{"billed_without_hours": 0.0, "qty_to_invoice": 2.0}]
        )
        self.assertRecordValues(hours, [{"billed_hours": 2.0, "timesheet_invoice_id": again.id}])
        self._assert_left(job, 2.0)

    def test_who_may_change_it(self):
        for user, is_allowed in (
            (self.user_biller, True),
            (self.user_technician, False),
        ):
            job = self.hourly.with_user(user)
            self.assertIs(job._has_field_access(job._fields["billing_policy"], "write"), is_allowed)

    def test_what_leaves_the_limit_is_billable(self):
        """Whoever says so: the line, its job, its service, the company."""
        hours = self.entry.timesheet_ids
        for source in (self.line, self.hourly, self.line.product_id, self.company):
            with self.subTest(source=source._name):
                source.billing_policy = "capped"
                self.assertEqual(hours.billable_hours, 3.0)
                source.billing_policy = "actual"
                self.assertRecordValues(hours, [{"billable_hours": 4.0, "unauthorized_hours": 0.0}])
                source.billing_policy = False

    def test_what_is_billed_by_the_hour_from_now_on_is_rounded(self):
        self.company.billing_increment = 60
        job = self._create_fixed_job()
        hours = self._work(job, 2.5, self.start - DAY).timesheet_ids
        self.assertEqual(hours.billable_hours, 2.5)
        job.billing_policy = "actual"
        self.assertEqual(hours.billable_hours, 3.0)
        job.billing_policy = "sold"
        self.assertEqual(hours.billable_hours, 2.5)
