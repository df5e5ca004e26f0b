from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestAuthorizedAmount(BillingCommon):
    """No more is billed than the amount that the client authorised: hours, parts and fees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_seller = cls._create_user(
            "sercom_seller",
            "fieldservice.group_fsm_user,sales_team.group_sale_salesman_all_leads",
        )
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.line = cls.hourly.sale_line_ids
        cls.order = cls.hourly.sale_id
        cls.order.limit_amount = 500.0

    def _add(self, price=80.0, quantity=1.0):
        """A part, billed as ordered."""
        return self.line.create(
            {
                "order_id": self.order.id,
                "fsm_order_id": self.hourly.id,
                "product_id": self.product_part.id,
                "product_uom_qty": quantity,
                "price_unit": price,
            }
        )

    def _ask(self, user=None):
        action = self.hourly.with_user(user or self.env.user).action_upsell_extra_hours()
        return self.env["sale.order"].browse(action["res_id"])

    def test_hours_over_wait(self):
        self._work(self.hourly, 5)
        self.assertAlmostEqual(self.line.qty_to_invoice, 4.16)
        self.assertAlmostEqual(self.line.unauthorized_quantity, 0.84)
        self.assertAlmostEqual(self.line.untaxed_amount_to_invoice, 499.2)
        self._complete(self.hourly)
        move = self._bill(self.hourly, post=True)
        self.assertAlmostEqual(move.amount_untaxed, 499.2)
        self._assert_ledger(self.hourly)
        self.assertEqual(self.line.qty_to_invoice, 0.0)
        self.assertTrue(self.hourly.is_ready_to_bill)
        self.assertEqual(self.hourly.billing_difference, "$\xa0100.80 not authorised")
        found = self.env["fsm.order"].search(
            [("is_ready_to_bill", "=", True), ("id", "=", self.hourly.id)]
        )
        self.assertEqual(found, self.hourly)
        for record in (self.hourly, self.order):
            with self.assertRaisesRegex(UserError, "over the .*500.00 that the client"):
                record._check_can_invoice()

    def test_parts_count_too(self):
        part = self._add()
        self._work(self.hourly, 4)
        self.assertEqual(self.line.qty_to_invoice, 4.0)
        self.assertRecordValues(part, [{"qty_to_invoice": 0.0, "unauthorized_quantity": 1.0}])
        part.price_unit = 20.0
        self.assertRecordValues(part, [{"qty_to_invoice": 1.0, "unauthorized_quantity": 0.0}])
        part.write({"price_unit": 80.0, "sequence": -1})
        self.assertEqual(part.qty_to_invoice, 1.0)
        self.assertAlmostEqual(self.line.qty_to_invoice, 3.5)
        self._complete(self.hourly)
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.amount_untaxed, 500.0)
        part.product_uom_qty = 0.0
        self.assertEqual(part.qty_to_invoice, -1.0, "What is given back is.")
        self.assertAlmostEqual(self.line.qty_to_invoice, 0.5, msg="And makes room.")

    def test_by_period_no_more_than_the_limit(self):
        entry = self._work(self.hourly, 5)
        move = self._bill_period(self.order, entry.timesheet_ids.date, post=True)
        self.assertAlmostEqual(move.amount_untaxed, 499.2)
        self._assert_ledger(self.hourly)

    def test_what_is_credited_is_billable_again(self):
        self._work(self.hourly, 5)
        move = self._bill(self.hourly, post=True)
        self._credit(move)
        self.assertAlmostEqual(self.line.qty_to_invoice, 4.16)
        self._bill(self.hourly, post=True)
        self._assert_ledger(self.hourly)

    def test_a_change_order_adds_to_it_once(self):
        self._work(self.hourly, 5)
        self._bill(self.hourly, post=True)
        order = self._ask(self.user_seller)
        self.assertAlmostEqual(order.limit_amount, 100.0)
        self.assertEqual(order.order_line.display_type, "line_note")
        self.assertEqual(self._ask(), order, "Asked twice, made once.")
        self.assertEqual(self.line.qty_to_invoice, 0.0)
        with self.assertRaisesRegex(UserError, "spoken consent"):
            order.with_user(self.user_seller).action_confirm()
        order.write({"signed_by": "Marie", "signed_on": fields.Datetime.now()})
        order.with_user(self.user_seller).limit_amount = 300.0
        self.assertFalse(order.signed_on, "What is changed is agreed to anew.")
        order._record_consent("Marie", fields.Datetime.now())
        self.hourly.invalidate_recordset()
        self.assertEqual(self.hourly.authorized_amount, 800.0)
        self.assertAlmostEqual(self.line.qty_to_invoice, 0.84)
        with self.assertRaises(UserError):
            order.with_user(self.user_seller).limit_amount = 900.0
        self._bill(self.hourly, post=True)
        self.assertEqual(sum(self._get_invoices(self.hourly).mapped("amount_untaxed")), 600.0)
        self._assert_ledger(self.hourly)
        order._action_cancel()
        self.hourly.invalidate_recordset()
        self.assertEqual(self.hourly.authorized_amount, 500.0)
        self.assertEqual(self.line.qty_to_invoice, 0.0, "What is billed stays.")

    def test_hours_and_amount(self):
        """Of a job capped in hours too, the change order sells the hours that are missing."""
        self.hourly.billing_policy = "capped"
        self.order.limit_amount = 400.0
        self._work(self.hourly, 4)
        self.assertEqual(self.line.qty_to_invoice, 3.0)
        order = self._ask()
        self.assertEqual(order.order_line.product_uom_qty, 1.0)
        self.assertAlmostEqual(order.limit_amount, 80.0)
        order._record_consent("Marie", fields.Datetime.now())
        self.assertEqual(order.limit_amount, 120.0, "What it sells is agreed to.")
        self.assertEqual(self.line.qty_to_invoice, 4.0)

    def test_who_sells_lowers_it_and_does_not_raise_it(self):
        order = self.order.with_user(self.user_seller)
        order.limit_amount = 600.0
        self._work(self.hourly, 1)
        for amount in (700.0, 0.0):
            with self.assertRaisesRegex(UserError, "agreed to no more"), self.cr.savepoint():
                order.limit_amount = amount
            with self.assertRaisesRegex(UserError, "agreed to no more"), self.cr.savepoint():
                self.hourly.with_user(self.user_seller).limit_amount = amount
        order.limit_amount = 300.0
        order = self.order.with_context(mail_notrack=False).with_user(self.user_biller)
        self.env.flush_all()
        self.cr.precommit.run()
        order.limit_amount = 900.0
        self.env.flush_all()
        self.cr.precommit.run()
        told = self.order.message_ids.tracking_value_ids
        self.assertIn("limit_amount", told.field_id.mapped("name"))

    def test_a_quote_is_agreed_to_when_it_is_confirmed(self):
        quote = self._create_quote(order_line=[self._line(self.line.product_id, 3.0)])
        quote = quote.with_user(self.user_seller)
        quote.limit_amount = 300.0
        quote.limit_amount = 400.0
        quote.action_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            quote.limit_amount = 500.0
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            quote.limit_amount = -1.0
            self.env.flush_all()

    def _sell_signed(self, limit=300.0):
        """A confirmed quote not to exceed ``limit``, which the client signed."""
        product = self._sell_by_the_hour(field_service_tracking="line")
        quote = self._create_quote(order_line=[self._line(product, 3.0)])
        quote.write(
            {"limit_amount": limit, "signed_by": "Marie", "signed_on": fields.Datetime.now()}
        )
        quote.action_confirm()
        return quote.with_user(self.user_seller)

    def test_what_was_agreed_to_is_no_quote_again_by_a_written_state(self):
        quote = self._sell_signed()
        line = quote.sudo().order_line
        for state in ("draft", "sent"):
            with self.assertRaisesRegex(UserError, "Cancel"), self.cr.savepoint():
                quote.write({"state": state, "limit_amount": 500.0})
            with self.assertRaisesRegex(UserError, "Cancel"), self.cr.savepoint():
                quote.write({"state": state})
        quote.sudo()._action_cancel()
        quote.write({"state": "sent"})
        self.assertFalse(quote.signed_by or quote.signed_on, "Signed anew.")
        line.product_uom_qty = 50.0
        quote.write({"state": "sale"})
        self.assertFalse(quote.signed_on)

    def test_what_is_signed_is_raised_no_more_while_it_waits(self):
        quote = self._create_quote(order_line=[self._line(self.line.product_id, 3.0)])
        quote.write(
            {"limit_amount": 300.0, "signed_by": "Marie", "signed_on": fields.Datetime.now()}
        )
        with self.assertRaisesRegex(UserError, "agreed to no more"), self.cr.savepoint():
            quote.with_user(self.user_seller).limit_amount = 400.0
        quote.with_user(self.user_seller).limit_amount = 200.0

    def test_a_confirmed_change_order_adds_no_more_than_it_said(self):
        self.order.limit_amount = 0.0
        self._work(self.hourly, 5)
        self._complete(self.hourly)
        order = self.order.copy({"is_change_order": True, "origin_fsm_order_id": self.hourly.id})
        order._record_consent("Marie", fields.Datetime.now())
        self.order.limit_amount = 100.0
        self.assertEqual(order.limit_amount, 0.0)
        with self.assertRaisesRegex(UserError, "agreed to no more"), self.cr.savepoint():
            order.with_user(self.user_seller).limit_amount = 1000.0
        order.with_user(self.user_seller).limit_amount = 0.0
        self.hourly.invalidate_recordset()
        self.assertEqual(self.hourly.authorized_amount, 100.0)

    def test_a_job_taken_off_its_order_stays_under_its_limit(self):
        quote = self._sell_signed()
        line = quote.sudo().order_line
        job = quote.sudo().fsm_order_ids
        self._work(job, 3)
        self.assertEqual(line.qty_to_invoice, 2.5)
        other = self._create_quote(order_line=[self._line(self.line.product_id, 1.0)])
        other.action_confirm()
        other.limit_amount = 5000.0
        for sale in (other, other.browse()):
            job.with_user(self.user_seller).write({"sale_id": sale.id})
            line._reckon_limit()
            self.assertRecordValues(line, [{"qty_to_invoice": 2.5, "unauthorized_quantity": 0.5}])
            job.invalidate_recordset()
            self.assertEqual(job.authorized_amount, 300.0)
            with self.assertRaises(UserError), self.cr.savepoint():
                quote.limit_amount = 9000.0

    def test_deposits_count_too(self):
        quote = self._sell_signed(100.0).with_user(self.user_biller)
        for vals in (
            {"advance_payment_method": "fixed", "fixed_amount": 10000.0},
            {"advance_payment_method": "percentage", "amount": 500.0},
        ):
            with self.assertRaisesRegex(UserError, "100.00"), self.cr.savepoint():
                self._bill_by_dialog(quote, **vals)
        self._bill_by_dialog(quote, advance_payment_method="fixed", fixed_amount=60.0)
        with self.assertRaisesRegex(UserError, "100.00"), self.cr.savepoint():
            self._bill_by_dialog(quote, advance_payment_method="fixed", fixed_amount=60.0)
        self._bill_by_dialog(quote, advance_payment_method="fixed", fixed_amount=40.0)

    def test_another_order_of_the_job_is_under_the_same_limit(self):
        self._work(self.hourly, 4)
        other = self.order.copy()
        line = self.line.create(
            {
                "order_id": other.id,
                "fsm_order_id": self.hourly.id,
                "product_id": self.product_part.id,
                "price_unit": 50.0,
            }
        )
        other.action_confirm()
        self.assertRecordValues(line, [{"qty_to_invoice": 0.0, "unauthorized_quantity": 1.0}])

    def test_a_limit_below_what_is_billed_credits_nothing(self):
        self._work(self.hourly, 3)
        self._bill(self.hourly, post=True)
        self.order.limit_amount = 100.0
        self._assert_left(self.hourly, 0.0)
        self._work(self.hourly, 1, self.start - DAY)
        self.assertEqual(self.line.qty_to_invoice, 0.0)
        self.order.limit_amount = 0.0
        self._assert_left(self.hourly, 1.0)
        self.assertEqual(self.line.unauthorized_quantity, 0.0)

    def test_hours_over_are_written_off(self):
        self._work(self.hourly, 5)
        self._bill(self.hourly, post=True)
        self._complete(self.hourly)
        action = self.hourly.action_decide_hours()
        Wizard = self.env["sercom.billing.decision"].with_context(**action["context"])
        with Form(Wizard.with_user(self.user_biller)) as form:
            form.reason = "Goodwill"
        form.save().action_apply()
        self.assertEqual(self.hourly.unauthorized_amount, 0.0)
        self.assertFalse(self.hourly.is_ready_to_bill)

    def test_the_job_warns_before_its_limit(self):
        self.assertFalse(self.hourly.limit_warning)
        self._work(self.hourly, 3.5)
        self.assertRecordValues(
            self.hourly,
            [{"used_amount": 420.0, "authorized_left_amount": 80.0, "unauthorized_amount": 0.0}],
        )
        self.assertIn("80.00 is left", self.hourly.limit_warning)
        self.company.is_billing_approved_only = True
        self._work(self.hourly, 1, self.start - DAY, approve=False)
        self.hourly.invalidate_recordset()
        self.assertIn("40.00 over", self.hourly.limit_warning)

    def test_the_screens(self):
        self._work(self.hourly, 5)
        for user in (self.user_seller, self.user_biller):
            with Form(self.hourly.with_user(user)) as form:
                self.assertTrue(form.limit_warning)
                form.limit_amount = 450.0
            with Form(self.order.with_user(user)) as form:
                self.assertEqual(form.limit_amount, 450.0)
                form.limit_amount = 440.0
            self.order.limit_amount = 500.0
        for name in ("limit_amount", "authorized_amount", "limit_warning"):
            with self.assertRaises(AccessError):
                self.hourly.with_user(self.user_technician).read([name])
        with Form(self._ask().with_user(self.user_seller)) as form:
            self.assertEqual(form.limit_amount, 100.0)

    def test_the_client_reads_what_they_sign(self):
        quote = self._create_quote(order_line=[self._line(self.line.product_id, 3.0)])
        quote.limit_amount = 300.0
        report = "sale.report_saleorder"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(report, quote.ids)
        self.assertIn("Not to exceed", html.decode())
        self.assertIn("300.00", html.decode())
