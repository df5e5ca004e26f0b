from odoo.tests import tagged

from .quebec import QuebecCommon


@tagged("post_install", "-at_install")
class TestWorkflowRequest(QuebecCommon):
    """A client calls: from the request to the reconciled payment, by three ways."""

    def test_request_quote_job_invoice(self):
        with self.at("2026-11-02 14:00"):
            lead = self.take_request()
            file = lead.service_file_id
            self.assert_file(file, "request")
            self.assert_carried(file, lead)
        with self.at("2026-11-02 16:00"):
            order = self.convert("estimator", lead, "quote")
            self.assertEqual(order.quote_status, "open")
            self.assert_carried(file, lead, order)
            self.assert_taxes(order, 460.0, 23.0, 45.89)
            self.assert_file(file, "quoted", quoted=528.89)
        with self.at("2026-11-03 13:00"):
            self.by("estimator", order).action_confirm()
            self.assertEqual(order.quote_status, "sold")
        job = self.convert("dispatcher", order, "job")
        self.assertEqual(order.fsm_order_ids, job, "confirming made the one job")
        self.assertEqual((job.state, job.scheduled_duration), ("to_plan", 3.0))
        self.assert_file(file, "sold", quoted=528.89, sold=528.89)
        self.do_job(job, "2026-11-04 14:00", "2026-11-04 17:00")
        self.assert_carried(file, lead, order, job)
        self.assert_file(file, "to_invoice", quoted=574.88, sold=574.88)
        with self.at("2026-11-05 15:00"):
            move = self.convert("accountant", job, "invoice")
            self.assertEqual(move.state, "draft")
            self.assert_file(file, "to_invoice", quoted=574.88, sold=574.88)
            self.post(move)
            self.assert_carried(file, lead, order, job, move)
            self.assert_taxes(move, 500.0, 25.0, 49.88)
            self.assert_file(file, "invoiced", quoted=574.88, sold=574.88, invoiced=574.88)
        with self.at("2026-11-10 15:00"):
            payment = self.pay(move)
            self.reconcile(payment)
        self.assertTrue(payment.is_matched)
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0.0))
        self.assert_file(file, "paid", quoted=574.88, sold=574.88, invoiced=574.88, paid=574.88)
        self.assertEqual(self.convert("accountant", job, "invoice"), move)
        self.assert_timeline(
            file, "request", "photo", "quote", "job", "photo", "invoice", "payment"
        )

    def test_request_job_invoice(self):
        with self.at("2026-11-02 14:00"):
            lead = self.take_request()
        file = lead.service_file_id
        with self.at("2026-11-02 15:00"):
            job = self.convert("dispatcher", lead, "job")
        order = job.sale_id
        self.assertEqual((order.state, order.opportunity_id), ("sale", lead))
        self.assert_file(file, "sold", quoted=528.89, sold=528.89)
        self.do_job(job, "2026-11-04 14:00", "2026-11-04 17:00")
        self.assert_carried(file, lead, order, job)
        self.assert_file(file, "to_invoice", quoted=574.88, sold=574.88)
        with self.at("2026-11-05 15:00"):
            move = self.post(self.convert("accountant", job, "invoice"))
        self.assert_carried(file, lead, order, job, move)
        self.assert_taxes(move, 500.0, 25.0, 49.88)
        self.assert_file(file, "invoiced", quoted=574.88, sold=574.88, invoiced=574.88)
        with self.at("2026-11-10 15:00"):
            self.reconcile(self.pay(move))
        self.assertEqual(move.payment_state, "paid")
        self.assert_file(file, "paid", quoted=574.88, sold=574.88, invoiced=574.88, paid=574.88)
        self.assertEqual(self.convert("dispatcher", lead, "quote"), order)

    def test_request_invoice(self):
        with self.at("2026-11-02 14:00"):
            lead = self.take_request(
                request_line_ids=[
                    self._line(self.product_travel),
                    self._line(self.product_part, 2.0),
                ]
            )
        file = lead.service_file_id
        with self.at("2026-11-03 18:00"):
            move = self.convert("dispatcher", lead, "invoice")
            self.assertFalse(lead.fsm_order_ids, "the visit was the work: nothing to plan")
            self.post(move)
        order = lead.order_ids
        self.assertEqual(order.state, "sale")
        self.assert_carried(file, lead, order, move=move)
        self.assert_taxes(move, 145.0, 7.25, 14.46)
        self.assert_file(file, "invoiced", quoted=166.71, sold=166.71, invoiced=166.71)
        with self.at("2026-11-03 18:30"):
            self.reconcile(self.pay(move))
        self.assertEqual(move.payment_state, "paid")
        self.assert_file(file, "paid", quoted=166.71, sold=166.71, invoiced=166.71, paid=166.71)
        self.assertEqual(self.convert("dispatcher", lead, "invoice"), move)
        self.assert_timeline(file, "request", "photo", "quote", "invoice", "payment")
