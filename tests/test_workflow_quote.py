from odoo.tests import tagged

from .quebec import QuebecCommon


@tagged("post_install", "-at_install")
class TestWorkflowQuote(QuebecCommon):
    """A client asks for a price: from the quote to the reconciled payment."""

    def take_quote(self):
        """Quote of the estimator, with scope, notes and service level."""
        return (
            self.by("estimator", self.env["sale.order"])
            .create(
                {
                    "partner_id": self.contact.id,
                    "fsm_location_id": self.firm_site.id,
                    "request_early": self.early,
                    "request_late": self.late,
                    "scope": "<p>Install the heater. Permit not included.</p>",
                    "service_notes": "<p>Key at the front desk.</p>",
                    "sla_text": "<p>Done within five days.</p>",
                    "order_line": [
                        self._line(self.product_hour, 3.0),
                        self._line(self.product_travel),
                        self._line(self.product_part, 2.0),
                    ],
                }
            )
            .sudo(False)
        )

    def test_quote_job_invoice(self):
        with self.at("2026-11-02 14:00"):
            order = self.take_quote()
        file = order.service_file_id
        self.assertRecordValues(
            file, [{"partner_id": self.contact.id, "fsm_location_id": self.firm_site.id}]
        )
        self.assert_taxes(order, 475.0, 23.75, 47.38)
        self.assert_file(file, "quoted", quoted=546.13)
        with self.at("2026-11-02 15:00"):
            self.by("estimator", order).action_quotation_sent()
        with self.at("2026-11-03 15:00"):
            job = self.convert("dispatcher", order, "job")
        self.assertRecordValues(
            job,
            [
                {
                    "service_file_id": file.id,
                    "sale_id": order.id,
                    "partner_id": self.contact.id,
                    "contact_id": self.contact.id,
                    "location_id": self.firm_site.id,
                    "request_early": self.early,
                    "request_late": self.late,
                    "sold_hours": 3.0,
                    "scheduled_duration": 3.0,
                }
            ],
        )
        self.assertIn("Permit not included", job.description)
        self.assertIn("Key at the front desk", job.todo)
        self.assertEqual(job.sale_line_ids, order.order_line)
        self.assert_file(file, "sold", quoted=546.13, sold=546.13)
        self.do_job(job, "2026-11-04 14:00", "2026-11-04 17:00")
        with self.at("2026-11-05 15:00"):
            move = self.post(self.convert("accountant", job, "invoice"))
        self.assertEqual((move.service_file_id, move.fsm_order_ids), (file, job))
        self.assert_taxes(move, 515.0, 25.75, 51.37)
        self.assert_file(file, "invoiced", quoted=592.12, sold=592.12, invoiced=592.12)
        with self.at("2026-11-10 15:00"):
            self.reconcile(self.pay(move))
        self.assertEqual(move.payment_state, "paid")
        self.assert_file(file, "paid", quoted=592.12, sold=592.12, invoiced=592.12, paid=592.12)
        self.assert_timeline(file, "quote", "job", "photo", "invoice", "payment")
        self.assertEqual(self.convert("dispatcher", order, "job"), job)

    def test_quote_invoice(self):
        with self.at("2026-11-02 14:00"):
            order = self.take_quote()
        file = order.service_file_id
        with self.at("2026-11-03 15:00"):
            move = self.convert("estimator", order, "invoice")
            self.assertEqual((order.state, move.state), ("sale", "draft"))
            self.post(move)
        self.assertFalse(order.fsm_order_ids)
        self.assertEqual(move.service_file_id, file)
        self.assert_taxes(move, 475.0, 23.75, 47.38)
        self.assert_file(file, "invoiced", quoted=546.13, sold=546.13, invoiced=546.13)
        with self.at("2026-11-10 15:00"):
            self.reconcile(self.pay(move))
        self.assertEqual(move.payment_state, "paid")
        self.assert_file(file, "paid", quoted=546.13, sold=546.13, invoiced=546.13, paid=546.13)
        self.assertEqual(self.convert("estimator", order, "invoice"), move)

    def test_quote_with_a_deposit_is_billed_for_the_rest(self):
        with self.at("2026-11-02 14:00"):
            order = self.take_quote()
        file = order.service_file_id
        with self.at("2026-11-03 15:00"):
            self.by("estimator", order).action_confirm()
            deposit = self.bill_deposit(order, "percentage", amount=20.0)
            self.post(deposit)
            self.pay(deposit)
        self.assert_taxes(deposit, 95.0, 4.75, 9.48)
        self.assertEqual((deposit.service_file_id, deposit.payment_state), (file, "paid"))
        job = order.fsm_order_ids
        self.do_job(job, "2026-11-04 14:00", "2026-11-04 17:00")
        with self.at("2026-11-05 15:00"):
            move = self.post(self.convert("accountant", job, "invoice"))
        self.assert_taxes(move, 420.0, 21.0, 41.89)
        self.assertEqual(round(deposit.amount_total + move.amount_total, 2), order.amount_total)
        self.assert_file(file, "invoiced", quoted=592.12, sold=592.12, invoiced=592.12, paid=109.23)
        with self.at("2026-11-10 15:00"):
            self.pay(move)
        self.assert_file(file, "paid", quoted=592.12, sold=592.12, invoiced=592.12, paid=592.12)
        self.assertEqual(order.invoice_status, "invoiced")
