from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestCredits(BillingCommon):
    """Credit notes: only what was credited is billed again, and only once it is posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=10.0)
        cls.hours = cls._work(cls.hourly, 10).timesheet_ids
        cls.line = cls.hourly.sale_line_ids
        cls.order = cls.hourly.sale_id
        cls.today = cls.hours.date

    def _bill_and_credit(self, post=True, **vals):
        return self._credit(self._bill(self.hourly, post=True), post=post, **vals)

    def _assert_nothing_to_bill(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.order._create_invoices(final=True)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._bill_period(self.order, self.today)

    def test_one_hour_credited_is_one_hour_by_period(self):
        self._bill_and_credit(quantity=1.0)
        self._assert_left(self.hourly, 1.0)
        again = self._bill_period(self.order, self.today)
        self.assertEqual(again.invoice_line_ids.quantity, 1.0)
        self._assert_left(self.hourly, 0.0)
        self.assertEqual(self.hours.billed_hours, 10.0)

    def test_another_line_credited_leaves_the_hours_billed(self):
        self.env["sale.order.line"].create(
            {
                "order_id": self.order.id,
                "fsm_order_id": self.hourly.id,
                "product_id": self.product_travel.id,
                "product_uom_qty": 1.0,
            }
        )
        move = self._bill(self.hourly, post=True)
        self.assertEqual(len(move.invoice_line_ids), 2)
        credit = self._credit(move, post=False)
        work = credit.invoice_line_ids.filtered(lambda bill: bill.sale_line_ids == self.line)
        credit.write({"invoice_line_ids": [Command.delete(work.id)]})
        credit.action_post()
        self._work(self.hourly, 1, self.start - DAY)
        self._assert_left(self.hourly, 1.0)
        self.assertEqual(self.hours.timesheet_invoice_id, move)
        again = self._bill_period(self.order, self.today - DAY, self.today)
        work = again.invoice_line_ids.filtered(lambda bill: bill.sale_line_ids == self.line)
        self.assertEqual(work.quantity, 1.0)

    def test_an_invoice_made_again_bills_its_hours_once(self):
        new = self._make_again(self._bill(self.hourly, post=True))
        new.action_post()
        self.assertEqual(self.hours.timesheet_invoice_id, new)
        self._work(self.hourly, 1, self.start - DAY)
        self._assert_left(self.hourly, 1.0)
        again = self._bill_period(self.order, self.today - DAY, self.today)
        self.assertEqual(again.invoice_line_ids.quantity, 1.0)

    def test_a_price_that_is_lowered_gives_no_hour_back(self):
        credit = self._bill_and_credit(price_unit=5.0)
        self.assertEqual(credit.amount_untaxed, 50.0)
        self._assert_left(self.hourly, 0.0)
        self._assert_nothing_to_bill()
        self.assertEqual(self.line.qty_invoiced, 10.0)
        self.assertEqual(self.line.untaxed_amount_to_invoice, 0.0)
        self.assertEqual(self.line.untaxed_amount_invoiced, 1150.0)

    def test_a_draft_credit_note_frees_nothing(self):
        credit = self._bill_and_credit(post=False)
        self._assert_left(self.hourly, 0.0)
        self._assert_nothing_to_bill()
        credit.button_cancel()
        self._assert_left(self.hourly, 0.0)

    def test_a_credit_note_does_not_go_once_its_hours_are_billed_again(self):
        credit = self._bill_and_credit()
        self._assert_left(self.hourly, 10.0)
        again = self._bill(self.hourly)
        with self.assertRaisesRegex(UserError, "billed again"), self.cr.savepoint():
            credit.button_draft()
        again.unlink()
        credit.button_draft()
        self._assert_left(self.hourly, 0.0)

    def test_an_invoice_does_not_go_while_it_is_credited(self):
        credit = self._bill_and_credit(quantity=1.0)
        move = credit.reversed_entry_id
        with self.assertRaisesRegex(UserError, "credited"), self.cr.savepoint():
            move.button_draft()
            move.button_cancel()
        self._assert_left(self.hourly, 1.0)

    def test_a_cancelled_draft_does_not_come_back_once_billed_again(self):
        move = self._bill(self.hourly)
        move.button_cancel()
        self._assert_left(self.hourly, 10.0)
        again = self._bill(self.order)
        with self.assertRaisesRegex(UserError, "billed twice"), self.cr.savepoint():
            move.button_draft()
        self._assert_left(self.hourly, 0.0)
        again.unlink()
        move.button_draft()
        self._assert_left(self.hourly, 0.0)
        self.assertEqual(self.hours.timesheet_invoice_id, move)

    def test_a_fixed_price_does_not_come_back_either(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._bill(job)
        move.button_cancel()
        self._bill(job)
        with self.assertRaisesRegex(UserError, "billed twice"), self.cr.savepoint():
            move.button_draft()

    def test_two_drafts_share_the_hours(self):
        first = self._bill(self.hourly)
        first.write({"invoice_line_ids": [(1, first.invoice_line_ids.id, {"quantity": 4.0})]})
        second = self.order._create_invoices()
        self.assertEqual(second.invoice_line_ids.quantity, 6.0)
        self._assert_left(self.hourly, 0.0)
        first.unlink()
        self._assert_left(self.hourly, 4.0)
        second.action_post()
        self._credit(second, quantity=2.0)
        self._assert_left(self.hourly, 6.0)


@tagged("post_install", "-at_install")
class TestChangedHours(BillingCommon):
    """Hours and lines that change after they were billed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.entry = cls._work(cls.hourly, 3)
        cls.line = cls.hourly.sale_line_ids
        cls.order = cls.hourly.sale_id
        cls.today = cls.entry.timesheet_ids.date

    def _approve(self, *jobs):
        for job in jobs or (self.hourly,):
            job.timesheet_ids.filtered(lambda line: line.approval_state == "draft").action_approve()

    def test_hours_moved_to_another_job_are_credited_here_and_billed_there(self):
        other = self._create_hourly_job()
        self._bill(self.hourly, post=True)
        self.entry.fsm_order_id = other
        self._approve(self.hourly, other)
        self._assert_left(self.hourly, -3.0)
        self._assert_left(other, 3.0)
        credit = self._bill(self.hourly)
        self.assertEqual(credit.move_type, "out_refund")
        credit.action_post()
        self._bill(other, post=True)
        self._assert_left(self.hourly, 0.0)
        self._assert_left(other, 0.0)

    def test_hours_lowered_are_credited_by_both_buttons_alike(self):
        move = self._bill(self.hourly, post=True)
        self.entry.check_out = self.start + 2 * HOUR
        self._approve()
        self._assert_left(self.hourly, -1.0)
        for road in (self.hourly, self.order):
            with self.subTest(road=road._name), self.cr.savepoint() as savepoint:
                credit = self._bill(road)
                self.assertEqual(credit.move_type, "out_refund")
                self.assertEqual(credit.reversed_entry_id, move)
                self.assertEqual(self._bill(road), credit.browse(), "One credit is enough.")
                credit.action_post()
                self._assert_left(self.hourly, 0.0)
                self.assertEqual(move.amount_residual, 240.0)
                self.assertEqual(credit.payment_state, "paid")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_credit_is_at_the_price_that_was_billed(self):
        move = self._bill(self.hourly)
        move.write({"invoice_line_ids": [(1, move.invoice_line_ids.id, {"price_unit": 150.0})]})
        move.action_post()
        self.entry.check_out = self.start + 2 * HOUR
        self._approve()
        credit = self._bill(self.hourly, post=True)
        self.assertEqual(credit.amount_untaxed, 150.0)
        self._assert_left(self.hourly, 0.0)

    def test_a_lower_ordered_quantity_is_credited_by_both_buttons_alike(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._bill(job, post=True)
        part = job.sale_line_ids.filtered(lambda line: line.product_id == self.product_part)
        part.product_uom_qty = 1.0
        for road in (job, job.sale_id):
            with self.subTest(road=road._name), self.cr.savepoint() as savepoint:
                credit = self._bill(road)
                self.assertEqual(credit.amount_untaxed, 40.0)
                self.assertEqual(credit.reversed_entry_id, move)
                self.assertEqual(self._bill(road), credit.browse())
                credit.action_post()
                self.assertEqual(part.qty_to_invoice, 0.0)
                self.assertEqual(credit.payment_state, "paid")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_billed_hours_are_not_taken_back_for_approval(self):
        for post in (False, True):
            with self.subTest(post=post), self.cr.savepoint() as savepoint:
                move = self._bill(self.hourly, post=post)
                with self.assertRaisesRegex(UserError, "is billed on"):
                    self.entry.timesheet_ids.with_user(self.env.user).action_reset_to_draft()
                self.assertEqual(self.entry.timesheet_ids.approval_state, "approved")
                self.assertEqual(move.invoice_line_ids.quantity, 3.0)
                savepoint.rollback()
                self.env.invalidate_all()
        self.entry.timesheet_ids.action_reset_to_draft()
        self._assert_left(self.hourly, 0.0)

    def test_hours_of_another_period_stay_billable(self):
        self._work(self.hourly, 2, self.start - DAY)
        move = self._bill_period(self.order, self.today, post=True)
        self.assertEqual(move.invoice_line_ids.quantity, 3.0)
        self.assertEqual(move.timesheet_ids, self.entry.timesheet_ids)
        self._assert_left(self.hourly, 2.0)
        self.assertEqual(self.order.invoice_status, "to invoice")

    def test_a_second_time_line_out_of_the_period_stays_billable(self):
        other = self._create_job(sale_id=self.order.id)
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.order.id,
                "fsm_order_id": other.id,
                "product_id": self._sell_by_the_hour(name="Apprentice").id,
                "product_uom_qty": 2.0,
            }
        )
        self._work(other, 2, self.start - DAY)
        self._bill_period(self.order, self.today, post=True)
        self._assert_left(self.hourly, 0.0)
        self._assert_left(other, 2.0)
        self.assertEqual(line.invoice_status, "to invoice")
        self.assertEqual(self.order.invoice_status, "to invoice")
        self.assertEqual(self._bill(other).invoice_line_ids.quantity, 2.0)

    def test_a_time_line_that_comes_after_approval_bills_the_hours(self):
        job = self._create_job()
        self._work(job, 3, self.start - DAY)
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self._sell_by_the_hour().id,
                "product_uom_qty": 1.0,
            }
        )
        self._assert_left(job, 3.0)
        self.assertEqual(self._bill(job).invoice_line_ids.quantity, 3.0)

    def test_work_on_a_cancelled_order_stays_billable(self):
        self.order._action_cancel()
        self._assert_left(self.hourly, 3.0)
        self.assertEqual(self.order.invoice_status, "to invoice")
        self.assertEqual(self.hourly.service_file_id.state, "to_invoice")
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.invoice_line_ids.quantity, 3.0)
        self._assert_left(self.hourly, 0.0)

    def test_a_cancelled_job_bills_its_hours_and_not_what_was_not_done(self):
        self.env["sale.order.line"].create(
            {
                "order_id": self.order.id,
                "fsm_order_id": self.hourly.id,
                "product_id": self.product_part.id,
                "product_uom_qty": 2.0,
            }
        )
        self.hourly.action_cancel()
        self._assert_left(self.hourly, 3.0)
        move = self._bill(self.hourly)
        self.assertEqual(move.amount_untaxed, 360.0)

    def test_the_file_of_a_cancelled_job_says_what_is_to_bill(self):
        self.hourly.action_cancel()
        self.assertEqual(self.hourly.service_file_id.state, "to_invoice")


@tagged("post_install", "-at_install")
class TestDeposits(BillingCommon):
    """Deposits are deducted once, from what was billed, and owed back when nothing is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls._work(cls.hourly, 3)
        cls.order = cls.hourly.sale_id

    def test_a_deducted_deposit_is_not_deleted(self):
        for way in ("unlink", "button_cancel"):
            with self.subTest(way=way), self.cr.savepoint() as savepoint:
                deposit = self._ask_deposit(self.order)
                final = self.order._create_invoices(final=True)
                if final.amount_untaxed == 360.0:
                    # The deposit, a draft, is not deducted: nothing is lost with it.
                    getattr(deposit, way)()
                else:
                    self.assertEqual(final.amount_untaxed, 260.0)
                    with self.assertRaisesRegex(UserError, "deducted"):
                        getattr(deposit, way)()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_deposit_of_a_cancelled_job_is_owed_back(self):
        self._ask_deposit(self.order).action_post()
        self.hourly.timesheet_ids.action_reset_to_draft()
        self.hourly.action_cancel()
        credit = self._bill(self.hourly)
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual(credit.amount_untaxed, 100.0)


@tagged("post_install", "-at_install")
class TestToInvoice(BillingCommon):
    """What still has something to bill is found."""

    def _get_filter(self):
        """Domain of the filter, as the screen has it."""
        arch = self.env["fsm.order"].get_view(
            self.env.ref("sercom_jobs.sercom_job_view_search").id, "search"
        )["arch"]
        node = etree.fromstring(arch).find(".//filter[@name='to_invoice']")
        self.assertEqual(node.getprevious().tag, "separator", "It is not OR-ed with another.")
        self.assertEqual(node.getnext().tag, "separator")
        return safe_eval(node.get("domain"))

    def test_the_filter_finds_what_is_left(self):
        jobs = self.env["fsm.order"]
        for _number in range(4):
            jobs |= self._create_hourly_job()
        left, billed, open_, more = jobs
        for job in left | billed | more:
            self._work(job, 3, self.start - DAY * job.id)
            job.action_complete()
        self._bill(billed)
        self._bill(more, post=True)
        self._work(more, 1, self.start + 2 * DAY)
        self._work(open_, 1, self.start + 4 * DAY)
        found = self.env["fsm.order"].search([("id", "in", jobs.ids), *self._get_filter()])
        self.assertEqual(found, left | more)
