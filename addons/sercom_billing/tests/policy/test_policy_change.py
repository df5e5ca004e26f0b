from odoo.tests import tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestPolicyChange(BillingCommon):
    """A service changes between a fixed price and the hours worked in the middle of a job."""

    def _sell(self, **vals):
        job = self._create_job()
        product = self._sell_by_the_hour(**vals)
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 3.0,
            }
        )
        return job, product.product_tmpl_id

    def test_from_ordered_to_worked(self):
        job, service = self._sell(service_policy="ordered_prepaid", invoice_policy="order")
        entry = self._work(job, 4)
        self.assertEqual(self._bill(job, post=True).invoice_line_ids.quantity, 3.0)
        service.service_policy = "delivered_timesheet"
        self._assert_left(job, 1.0)
        day = entry.timesheet_ids.date
        self.assertEqual(self._bill_period(job.sale_id, day).invoice_line_ids.quantity, 1.0)
        self._assert_left(job, 0.0)

    def test_from_worked_to_ordered_and_back(self):
        job, service = self._sell()
        self._work(job, 2)
        self._bill(job, post=True)
        service.service_policy = "ordered_prepaid"
        self.assertEqual(job.sale_line_ids.qty_to_invoice, 1.0)
        self._bill(job, post=True)
        self._assert_ledger(job)
        service.service_policy = "delivered_timesheet"
        self._assert_left(job, -1.0)
        self._work(job, 2, self.start - DAY)
        self._assert_left(job, 1.0)

    def test_from_by_hand_to_worked(self):
        job, service = self._sell(
            service_policy="ordered_prepaid", invoice_policy="order", service_type="manual"
        )
        self._work(job, 4)
        service.write({"invoice_policy": "delivery", "service_type": "timesheet"})
        self._assert_left(job, 4.0)

    def test_a_closed_job_stays_as_it_was(self):
        job, service = self._sell(service_policy="ordered_prepaid", invoice_policy="order")
        self._work(job, 4)
        self._bill(job, post=True)
        self._complete(job)
        self.env.flush_all()
        service.service_policy = "delivered_timesheet"
        self.assertEqual(job.sale_line_ids.qty_to_invoice, 0.0)
