from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestBadInput(BillingCommon):
    """A clear message or the right result; the ledger follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.entry = cls._work(cls.hourly, 3)
        cls.line = cls.hourly.sale_line_ids
        cls.order = cls.hourly.sale_id

    def _add_line(self, **vals):
        return self.line.create(
            {
                "order_id": self.order.id,
                "fsm_order_id": self.hourly.id,
                "product_id": self.product_travel.id,
                **vals,
            }
        )

    def test_zero_sold_hours(self):
        self.line.product_uom_qty = 0.0
        for policy, amount in (("actual", 360.0), (False, 360.0)):
            with self.subTest(policy=policy), self.cr.savepoint() as savepoint:
                self.hourly.billing_policy = policy
                self._assert_left(self.hourly, 3.0)
                self.assertEqual(self._bill(self.hourly, post=True).amount_untaxed, amount)
                self._assert_left(self.hourly, 0.0)
                savepoint.rollback()
                self.env.invalidate_all()
        self.hourly.billing_policy = "capped"
        self._assert_left(self.hourly, 0.0)
        self.assertIn("03:00 h over the 00:00 h", self.hourly.authorization_warning)
        with self.assertRaises(UserError):
            self._bill(self.hourly)

    def test_a_negative_quantity_is_a_rebate(self):
        rebate = self._add_line(product_uom_qty=-1.0, price_unit=60.0)
        self.hourly.action_complete()
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.amount_untaxed, 300.0)
        self.assertEqual(rebate.qty_to_invoice, 0.0)
        self._assert_left(self.hourly, 0.0)
        self._credit(move)
        self._assert_left(self.hourly, 3.0)
        self.assertEqual(rebate.qty_to_invoice, -1.0)

    def test_no_price(self):
        self.line.price_unit = 0.0
        with self.assertRaisesRegex(UserError, "has no price"):
            self._bill(self.hourly)
        self.line.price_unit = 100.0
        self.assertEqual(self._bill(self.hourly).amount_untaxed, 300.0)

    def test_no_client_address(self):
        self.client_partner.write({"street": False, "city": False, "zip": False})
        self.assertEqual(self._bill(self.hourly, post=True).state, "posted")
        self._assert_left(self.hourly, 0.0)

    def test_an_archived_product(self):
        self.line.product_id.action_archive()
        self._work(self.hourly, 1, self.start - DAY)
        self._assert_left(self.hourly, 4.0)
        self.assertEqual(self._bill(self.hourly, post=True).amount_untaxed, 480.0)
        self._assert_left(self.hourly, 0.0)

    def test_a_closed_period(self):
        move = self._bill(self.hourly)
        day = fields.Date.context_today(self.order)
        move.invoice_date = day - timedelta(days=40)
        self.company.sudo().fiscalyear_lock_date = day - timedelta(days=1)
        move.action_post()
        self.assertGreater(move.date, self.company.fiscalyear_lock_date)
        self._assert_left(self.hourly, 0.0)
        self.company.sudo().fiscalyear_lock_date = move.date
        with self.assertRaises(UserError), self.cr.savepoint():
            move.button_draft()
        self._assert_left(self.hourly, 0.0)
        with freeze_time(day + timedelta(days=1)):
            self.entry.check_out = self.start + 2 * HOUR
            self.hourly.timesheet_ids.filtered("is_adjustment").action_approve()
            credit = self._bill(self.hourly, post=True)
        self.assertGreater(credit.date, move.date, "What is closed stays as it is.")
        self._assert_left(self.hourly, 0.0)

    def test_another_company_s_job(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_biller.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for method in ("action_convert_to_invoice", "action_align_to_actual"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.hourly.with_user(self.user_biller), method)()
        self.assertFalse(self.order.invoice_ids)

    def test_a_foreign_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": self.start.date() - DAY, "rate": 0.5}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Abroad", "currency_id": euro.id})
        order = self._create_quote(
            pricelist_id=pricelist.id,
            order_line=[self._line(self.product_hour, 1.0, price_unit=0.0)],
        )
        order.action_confirm()
        job = order.fsm_order_ids
        line = self.line.create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self.line.product_id.id,
                "product_uom_qty": 2.0,
            }
        )
        self.assertEqual(line.currency_id, euro)
        self._work(job, 2, self.start - DAY)
        job.action_complete()
        move = self._bill(job, post=True)
        self.assertEqual(move.currency_id, euro)
        self.assertEqual(move.amount_untaxed, 2 * line.price_unit)
        self._credit(move, quantity=1.0)
        self._assert_left(job, 1.0)
        self.assertEqual(line.untaxed_amount_to_invoice, line.price_unit)

    def test_time_that_changes_under_a_draft(self):
        move = self._bill(self.hourly)
        self.entry.check_out = self.start + 2 * HOUR
        self.hourly.timesheet_ids.filtered("is_adjustment").action_approve()
        self._assert_left(self.hourly, -1.0)
        move.write(
            {"invoice_line_ids": [Command.update(move.invoice_line_ids.id, {"quantity": 2})]}
        )
        self._assert_left(self.hourly, 0.0)
        move.action_post()
        self._assert_left(self.hourly, 0.0)

    def test_a_deposit_larger_than_the_final(self):
        self._ask_deposit(self.order, 500.0).action_post()
        self.hourly.action_complete()
        credit = self._bill(self.hourly)
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual(credit.amount_untaxed, 140.0)
        credit.action_post()
        self._assert_left(self.hourly, 0.0)
        self.assertFalse(self.order._has_deposit_to_deduct())
        self.assertEqual(self._bill(self.hourly), credit.browse(), "Once.")

    def test_a_price_changed_on_an_invoice_by_hand(self):
        for post in (False, True):
            with self.subTest(post=post), self.cr.savepoint() as savepoint:
                move = self._bill(self.hourly, post=post)
                if post:
                    move.button_draft()
                line = move.invoice_line_ids
                move.write({"invoice_line_ids": [Command.update(line.id, {"price_unit": 90.0})]})
                move.action_post()
                self.assertEqual(move.amount_untaxed, 270.0)
                self.assertEqual(self.line.untaxed_amount_invoiced, 270.0)
                self._assert_left(self.hourly, 0.0)
                self.assertFalse(self._bill(self.hourly), "What was let go is not asked for.")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_line_taken_off_an_invoice_by_hand(self):
        fee = self._add_line(product_uom_qty=1.0, price_unit=25.0)
        self.hourly.action_complete()
        move = self._bill(self.hourly)
        line = move.invoice_line_ids.filtered(lambda line: line.sale_line_ids == self.line)
        move.write({"invoice_line_ids": [Command.delete(line.id)]})
        move.action_post()
        self.assertEqual(move.amount_untaxed, 25.0)
        self.assertEqual(fee.qty_to_invoice, 0.0)
        self._assert_left(self.hourly, 3.0)
        self.assertEqual(self._bill(self.hourly, post=True).amount_untaxed, 360.0)

    def test_a_line_added_to_an_invoice_by_hand(self):
        move = self._bill(self.hourly)
        fee = {"product_id": self.product_travel.id, "quantity": 1.0, "price_unit": 25.0}
        move.write({"invoice_line_ids": [Command.create(fee)]})
        move.action_post()
        self.assertEqual(move.amount_untaxed, 385.0)
        self._assert_left(self.hourly, 0.0)

    def test_a_line_moved_to_another_order_s_work_by_hand(self):
        other = self._create_hourly_job()
        self._work(other, 2, self.start - DAY)
        move = self._bill(self.hourly)
        sold = other.sale_line_ids
        move.write(
            {
                "invoice_line_ids": [
                    Command.update(
                        move.invoice_line_ids.id,
                        {"sale_line_ids": [Command.set(sold.ids)], "quantity": 2.0},
                    )
                ]
            }
        )
        self._assert_left(self.hourly, 3.0)
        self._assert_left(other, 0.0)

    def test_a_posted_invoice_that_goes_back_to_draft(self):
        move = self._bill(self.hourly, post=True)
        move.button_draft()
        self._assert_left(self.hourly, 0.0)
        move.write(
            {"invoice_line_ids": [Command.update(move.invoice_line_ids.id, {"quantity": 1})]}
        )
        self._assert_left(self.hourly, 2.0)
        move.action_post()
        self._assert_left(self.hourly, 2.0)
        self.assertEqual(self._bill(self.hourly).invoice_line_ids.quantity, 2.0)
        self._assert_left(self.hourly, 0.0)

    def test_what_was_sold_is_given_back_once(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._bill(job, post=True)
        first, second = self._credit(move, post=False), self._credit(move, post=False)
        first.action_post()
        with self.assertRaisesRegex(UserError, "more .* than was billed"), self.cr.savepoint():
            second.action_post()
        self.assertRecordValues(
            job.sale_line_ids,
            [
                {"qty_invoiced": 0.0, "qty_to_invoice": line.product_uom_qty}
                for line in job.sale_line_ids
            ],
        )
        with self.assertRaisesRegex(UserError, "credited by"), self.cr.savepoint():
            move.button_draft()
            move.button_cancel()
        second.button_cancel()
        self._bill(job, post=True)
        self._assert_ledger(job)

    def test_what_was_sold_is_given_back_in_parts(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._bill(job, post=True)
        self._credit(move, quantity=0.5)
        self._credit(move, quantity=0.5)
        with self.assertRaisesRegex(UserError, "more .* than was billed"), self.cr.savepoint():
            self._credit(move, quantity=5.0)
        self._assert_ledger(job)

    def test_what_takes_off_is_billed(self):
        """A line below zero, such as a discount, is no credit."""
        job = self._create_billable_job()
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self.product_part.id,
                "product_uom_qty": -1.0,
                "price_unit": 10.0,
            }
        )
        job.action_complete()
        move = self._bill(job, post=True)
        self._credit(move)
        self._bill(job, post=True)
        self._assert_ledger(job)
