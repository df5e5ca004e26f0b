from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestRetention(BillingCommon):
    """Progress invoices hold a part back; it is billed once, and taxed when it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Tax = cls.env["account.tax"]
        cls.taxes = Tax.create(
            [
                {"name": "TPS", "amount": 5.0, "company_id": cls.company.id},
                {"name": "TVQ", "amount": 9.975, "company_id": cls.company.id},
            ]
        )
        cls.job = cls._create_job()
        cls.product = cls._create_line_product(list_price=10000.0, taxes_id=cls.taxes.ids)
        cls.line = cls.env["sale.order.line"].create(
            {
                "order_id": cls.job.sale_id.id,
                "fsm_order_id": cls.job.id,
                "product_id": cls.product.id,
                "product_uom_qty": 1.0,
            }
        )
        cls.order = cls.job.sale_id
        cls.order.retention_percent = 10.0

    def _bill_progress(self, percent, post=True, **vals):
        """A part of the order, as the accountant asks for it with the order's dialog."""
        known = self.order.invoice_ids
        Wizard = (
            self.env["sale.advance.payment.inv"]
            .with_user(self.user_biller)
            .with_context(active_model="sale.order", active_ids=self.order.ids)
        )
        dialog = Form(Wizard)
        dialog.advance_payment_method = "percentage"
        dialog.amount = percent
        self.assertEqual(dialog.retention_percent, self.order.retention_percent)
        for name, value in vals.items():
            dialog[name] = value
        dialog.save().create_invoices()
        move = (self.order.invoice_ids - known).with_user(self.user_biller)
        if post:
            move.action_post()
        return move

    def _assert_amounts(self, move, untaxed, taxes):
        self.assertAlmostEqual(move.amount_untaxed, untaxed, 2)
        self.assertAlmostEqual(move.amount_tax, taxes, 2)

    def test_the_final_invoice_deducts_the_parts_and_gives_back_what_is_held(self):
        first = self._bill_progress(30)
        # 3,000 − 300; TPS 135.00, TVQ 269.33
        self._assert_amounts(first, 2700.0, 404.33)
        self.assertEqual(
            first.invoice_line_ids.mapped("price_subtotal"), [3000.0, -300.0], "Both are read."
        )
        self.assertEqual(self.order.amount_retained, 300.0)
        second = self._bill_progress(33.33)
        self.assertAlmostEqual(second.amount_untaxed, 2999.70, 2)
        self.assertEqual(self.order.amount_retained, 633.3)
        self._complete(self.job)
        final = self._bill(self.job, post=True)
        self._assert_amounts(
            final,
            10000.0 - 2700.0 - 2999.70,
            1497.50 - first.amount_tax - second.amount_tax,
        )
        self.assertEqual(self.order.amount_retained, 0.0)
        billed = first + second + final
        self.assertAlmostEqual(sum(billed.mapped("amount_untaxed")), 10000.0, 2)
        self.assertAlmostEqual(sum(billed.mapped("amount_tax")), 1497.50, 2)
        self.assertFalse(self.job.is_ready_to_bill)
        self._assert_ledger(self.job)

    def test_released_before_the_end(self):
        self._bill_progress(50)
        action = self.order.with_user(self.user_biller).action_release_retention()
        released = self.env["account.move"].browse(action["res_id"])
        # TVQ 498.75 in all, 448.88 of it billed.
        self._assert_amounts(released, 500.0, 74.87)
        self.assertEqual(self.order.amount_retained, 0.0, "Once, also as a draft.")
        with self.assertRaisesRegex(UserError, "Nothing is held back"):
            self.order.action_release_retention()
        released.action_post()
        self._complete(self.job)
        final = self._bill(self.job, post=True)
        self._assert_amounts(final, 5000.0, 748.75)
        self._assert_ledger(self.job)

    def test_a_draft_release_that_goes_is_held_again(self):
        self._bill_progress(50)
        action = self.order.action_release_retention()
        self.env["account.move"].browse(action["res_id"]).unlink()
        self.assertEqual(self.order.amount_retained, 500.0)

    def test_a_progress_invoice_that_is_credited_holds_nothing(self):
        first = self._bill_progress(50)
        self._credit(first)
        self.assertEqual(self.order.amount_retained, 0.0)
        self._complete(self.job)
        final = self._bill(self.job, post=True)
        self._assert_amounts(final, 10000.0, 1497.50)
        self._assert_ledger(self.job)

    def test_a_progress_invoice_of_which_the_retention_is_released_does_not_go(self):
        first = self._bill_progress(50)
        self.order.action_release_retention()
        first.button_draft()
        with self.assertRaisesRegex(UserError, "deducted"):
            first.button_cancel()

    def test_a_draft_that_is_edited_by_hand(self):
        first = self._bill_progress(50, post=False)
        first.invoice_line_ids.filtered(lambda line: line.price_unit < 0).price_unit = -250.0
        first.action_post()
        self._assert_amounts(first, 4750.0, 711.31)
        self.assertEqual(self.order.amount_retained, 250.0)
        action = self.order.action_release_retention()
        self._assert_amounts(self.env["account.move"].browse(action["res_id"]), 250.0, 37.44)

    def test_a_deposit_without_retention(self):
        move = self._bill_progress(50, retention_percent=0.0)
        self._assert_amounts(move, 5000.0, 748.75)
        self.assertEqual(self.order.amount_retained, 0.0)
        self.order.retention_percent = 0.0
        self.assertEqual(len(self._bill_progress(20).invoice_line_ids), 1)

    def test_of_a_fixed_amount_taxes_included(self):
        move = self._ask_deposit(self.order, 1149.75)
        self._assert_amounts(move, 900.0, 134.78)
        self.assertEqual(self.order.amount_retained, 100.0)

    def test_a_retention_that_is_none(self):
        for percent in (-1.0, 100.0, 250.0):
            with self.subTest(percent=percent):
                with self.assertRaisesRegex(UserError, "below 100"), self.cr.savepoint():
                    self.order.retention_percent = percent
                with self.assertRaisesRegex(UserError, "below 100"), self.cr.savepoint():
                    self._bill_by_dialog(
                        self.order,
                        advance_payment_method="percentage",
                        amount=10.0,
                        retention_percent=percent,
                    )

    def test_who_says_it(self):
        self._bill_progress(50)
        with self.assertRaises(AccessError):
            self.order.with_user(self.user_technician).action_release_retention()
        line = self.order.order_line.filtered("is_retention")
        with self.assertRaises(AccessError):
            line.with_user(self.user_biller).write({"is_retention": False})
