from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobEdgeCases(SercomJobsCommon):
    """What goes wrong between a deposit, a cancelled job, a reopened one and an old one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.install = cls._create_line_product(invoice_policy="delivery")

    def _invoice(self, record):
        return self.env["account.move"].browse(record.action_convert_to_invoice()["res_id"])

    def _deposit(self, order, amount):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": amount,
                "sale_order_ids": order.ids,
            }
        )
        return wizard._create_invoices(order)

    def test_reopening_a_billed_job_credits_nothing(self):
        order = self._create_quote(order_line=[self._line(self.install)])
        order.action_confirm()
        job = order.fsm_order_ids
        job.action_complete()
        move = self._invoice(job)
        move.action_post()
        job.action_reopen()
        self.assertEqual(order.order_line.qty_to_invoice, 0.0)
        self.assertEqual(self._invoice(order), move)

    def test_technicians_do_not_reopen(self):
        job = self._create_job(person_id=self.worker.id)
        job.action_complete()
        with self.assertRaisesRegex(AccessError, "Only the office reopens"):
            job.with_user(self.user_technician).action_reopen()

    def test_deposit_is_given_back_when_the_last_job_is_cancelled(self):
        order = self._create_quote(order_line=[self._line(self.install), self._line(self.install)])
        order.action_confirm()
        self._deposit(order, 200.0).action_post()
        first, second = order.fsm_order_ids.sorted("id")
        first.action_complete()
        self._invoice(first).action_post()
        second.action_cancel()
        credit = self._invoice(order)
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 200.0))

    def test_a_draft_deposit_is_not_the_invoice_of_the_job(self):
        order = self._create_quote(order_line=[self._line(self.install)])
        SKIP_JOB_GENERATION(order).action_confirm()
        deposit = self._deposit(order, 100.0)
        order.action_convert_to_job()
        job = order.fsm_order_ids
        self.assertFalse(job.sale_line_ids.filtered("is_downpayment"))
        job.action_complete()
        deposit.action_post()
        self.assertNotEqual(self._invoice(job), deposit)

    def test_a_deposit_larger_than_the_work_is_credited_once(self):
        order = self._create_quote(order_line=[self._line(self.install)])
        order.action_confirm()
        self._deposit(order, 800.0).action_post()
        order.fsm_order_ids.action_complete()
        credit = self._invoice(order)
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 300.0))
        self.assertEqual(self._invoice(order), credit)

    def test_cancelled_job_closes_its_file(self):
        job = self._create_billable_job()
        job.action_cancel()
        self.assertEqual(job.service_file_id.state, "lost")
        job.action_reopen()
        self.assertEqual(job.service_file_id.state, "sold")

    def test_job_older_than_sercom_gets_its_order(self):
        job = self._create_job()
        job.sale_id = False
        info = job._get_product_catalog_order_line_info(self.products.ids)
        self.assertEqual(info[self.product_part.id]["price"], 40.0)
        job._update_order_line_info(self.product_part.id, 1)
        self.assertEqual(job.sale_id.state, "sale")
        self.assertEqual(job.sale_id.service_file_id, job.service_file_id)

    def test_technician_leaves_the_lines_of_a_done_job(self):
        job = self._create_billable_job(person_id=self.worker.id)
        job.action_complete()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            job.with_user(self.user_technician)._update_order_line_info(self.product_part.id, 1)
        job._update_order_line_info(self.product_part.id, 3)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            job._update_order_line_info(self.product_part.id, -1)

    def test_locked_orders_do_not_lock_the_jobs_opened_directly(self):
        self.env.user.group_ids += self.env.ref("sale.group_auto_done_setting")
        self.env["res.config.settings"].create({"group_auto_done_setting": True}).execute()
        job = self._create_job()
        job._update_order_line_info(self.product_part.id, 1)
        self.assertEqual(job.sale_line_ids.product_uom_qty, 1.0)

    def test_client_of_a_job_beside_a_cancelled_one(self):
        job = self._create_billable_job()
        job.sale_id.action_new_job()
        (job.sale_id.fsm_order_ids - job).action_cancel()
        other = self.env["res.partner"].create({"name": "Other"})
        job.partner_id = other
        self.assertEqual(job.sale_id.partner_id, other)
        self.assertEqual(job.service_file_id.partner_id, other)

    def test_service_level_travels_to_the_job(self):
        order = self._create_quote(sla_text="<p>Within two days</p>")
        order.action_confirm()
        self.assertIn("Within two days", order.fsm_order_ids.sla_text)

    def test_clearing_the_start_with_a_length_clears_the_block(self):
        job = self._create_job(scheduled_date_start=self.start)
        job.write({"scheduled_date_start": False, "scheduled_duration": 3.0})
        self.assertFalse(job.scheduled_date_start)
        self.assertEqual(job.scheduled_duration, 3.0)

    def test_salesperson_converts_a_request_and_opens_the_job(self):
        lead = self._create_request().with_user(self.user_salesman)
        action = lead.action_convert_to_job()
        job = self.env["fsm.order"].with_user(self.user_salesman).browse(action["res_id"])
        self.assertEqual(job.read(["name"])[0]["id"], lead.sudo().fsm_order_ids.id)
        self.assertEqual(lead.fsm_order_count, 1)
        with self.assertRaises(AccessError):
            job.action_complete()
