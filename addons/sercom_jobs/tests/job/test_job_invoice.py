from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobInvoice(SercomJobsCommon):
    def _invoice(self, record):
        return self.env["account.move"].browse(record.action_convert_to_invoice()["res_id"])

    def test_done_job_is_billed_with_its_lines(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._invoice(job)
        lines = move.invoice_line_ids
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "move_type": "out_invoice",
                    "partner_id": self.client_partner.id,
                    "service_file_id": job.service_file_id.id,
                    "amount_untaxed": 3 * 110 + 65 + 2 * 40,
                }
            ],
        )
        self.assertEqual(lines.fsm_order_id, job)
        self.assertEqual(move.fsm_order_ids, job)
        self.assertEqual((job.invoice_ids, job.invoice_count), (move, 1))

    def test_converting_twice_is_one_invoice(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._invoice(job)
        self.assertEqual(self._invoice(job), move)
        move.action_post()
        self.assertEqual(self._invoice(job), move)
        job._update_order_line_info(self.product_part.id, 5)
        second = self._invoice(job)
        self.assertNotEqual(second, move)
        self.assertEqual(second.amount_untaxed, 3 * 40)
        self.assertEqual(second.fsm_order_ids, job, "a second invoice knows its job too")

    def test_job_not_done_asks_to_complete_it(self):
        hour = self._create_product(
            name="Hour as delivered",
            type="service",
            field_service_tracking="sale",
            invoice_policy="delivery",
        )
        order = self._create_quote(order_line=[self._line(hour, 2.0)])
        order.action_confirm()
        job = order.fsm_order_ids
        with self.assertRaisesRegex(UserError, f"{job.name} is not done"):
            job.action_convert_to_invoice()
        job.action_complete()
        self.assertTrue(self._invoice(job))

    def test_empty_and_free_jobs_are_named(self):
        empty = self._create_job()
        with self.assertRaisesRegex(UserError, f"{empty.name} has no products"):
            empty.action_convert_to_invoice()
        free = self._create_billable_job()
        free.sale_line_ids.price_unit = 0.0
        with self.assertRaisesRegex(UserError, f"{free.name} has no price"):
            free.action_convert_to_invoice()

    def test_one_job_of_an_order_of_two(self):
        install = self._create_line_product()
        order = self._create_quote(
            order_line=[
                self._line(install, name="First", price_unit=500.0),
                self._line(self.product_part, 1.0),
                self._line(install, name="Second", price_unit=700.0),
            ]
        )
        order.action_confirm()
        first, second = order.order_line[0].fsm_order_id, order.order_line[2].fsm_order_id
        first.action_complete()
        move = self._invoice(first)
        self.assertEqual(move.amount_untaxed, 540.0)
        self.assertEqual(move.fsm_order_ids, first)
        second.action_complete()
        other = self._invoice(second)
        self.assertEqual(other.amount_untaxed, 700.0)
        self.assertEqual(other.fsm_order_ids, second)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_deposit_is_deducted_once_on_the_last_invoice(self):
        install = self._create_line_product()
        order = self._create_quote(
            order_line=[self._line(install), self._line(install)],
        )
        order.action_confirm()
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 200.0})
        )
        deposit = wizard._create_invoices(order)
        deposit.action_post()
        self.assertEqual(deposit.service_file_id, order.service_file_id)
        first, second = order.fsm_order_ids.sorted("id")
        first.action_complete()
        self.assertEqual(self._invoice(first).amount_untaxed, 500.0)
        second.action_complete()
        self.assertEqual(self._invoice(second).amount_untaxed, 300.0)

    def test_jobs_of_two_orders_are_billed_apart(self):
        jobs = self._create_billable_job() | self._create_billable_job()
        jobs.action_complete()
        action = jobs.action_convert_to_invoice()
        moves = self.env["account.move"].search(action["domain"])
        self.assertEqual(len(moves), 2)
        self.assertEqual(moves.service_file_id, jobs.service_file_id)

    def test_one_bad_job_does_not_stop_the_others(self):
        good, bad = self._create_billable_job(), self._create_job()
        good.action_complete()
        action = (good | bad).action_convert_to_invoice()
        self.assertTrue(good.invoice_ids)
        self.assertIn(bad.name, action["params"]["message"])

    def test_accountant_bills_a_job(self):
        job = self._create_billable_job()
        job.action_complete()
        self.user_accountant.group_ids += self.env.ref("fieldservice.group_fsm_user")
        action = job.with_user(self.user_accountant).action_convert_to_invoice()
        self.assertEqual(action["res_model"], "account.move")

    def test_credit_note_stays_in_the_file(self):
        job = self._create_billable_job()
        job.action_complete()
        move = self._invoice(job)
        move.action_post()
        credit = move._reverse_moves()
        self.assertEqual(credit.service_file_id, job.service_file_id)

    def test_vendor_bill_is_left_alone(self):
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.client_partner.id}
        )
        self.assertFalse(bill.service_file_id)
        self.assertFalse(bill.fsm_order_ids)
