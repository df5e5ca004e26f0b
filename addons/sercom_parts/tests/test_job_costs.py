from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestJobCosts(SercomPartsCommon):
    """What a job's parts and purchases cost, each part once, and who sees it."""

    def test_cost_of_what_was_bought(self):
        job = self._create_part_job(2)
        self._order(job)
        order = job.purchase_order_ids
        self.assertEqual(job.purchase_cost, 0)
        self._receive(order)
        self.env.invalidate_all()
        self.assertEqual(job.purchase_cost, 22.0)
        self.assertEqual(job.margin, 80.0 - 22.0)
        self._bill_purchase(order, price=12.5)
        self.env.invalidate_all()
        self.assertEqual(job.purchase_cost, 25.0)

    def test_no_part_is_counted_twice(self):
        self._put(1)
        job = self._create_part_job(3)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self._deliver(job)
        self.assertEqual(job.part_line_ids.qty_delivered, 3)
        self.env.invalidate_all()
        delivered = sum(job.part_line_ids.move_ids.mapped("value"))
        self.assertAlmostEqual(job.purchase_cost, 22.0 + delivered / 3)

    def test_cost_of_parts_from_the_shelf(self):
        self._put(3)
        job = self._create_part_job(2)
        self._add_part(job, 1, self._create_product(name="Tape", standard_price=4.0))
        self._deliver(job)
        self.env.invalidate_all()
        self.assertEqual(job.purchase_cost, 20.0 + 4.0)

    def test_cost_in_the_companys_currency(self):
        self._price_in_euros({"2026-01-01": 0.5, "2026-11-05": 0.25})
        job = self._create_part_job(1)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self.env.invalidate_all()
        self.assertEqual(job.purchase_cost, 22.0, "at the day it came")
        self._bill_purchase(job.purchase_order_ids)
        self.env.invalidate_all()
        self.assertEqual(job.purchase_cost, 44.0, "at the day of the bill")

    def test_a_credit_note_gives_back(self):
        job = self._create_part_job(1)
        self._order(job)
        order = job.purchase_order_ids
        self._receive(order)
        bill = self._bill_purchase(order)
        refund = bill._reverse_moves()
        refund.invoice_date = "2026-11-06"
        refund.action_post()
        self.env.invalidate_all()
        self.assertEqual(order.order_line._get_bought_value(), (1.0, 11.0), "received, unbilled")

    def test_a_cancelled_job_keeps_its_cost(self):
        job = self._create_part_job(1)
        self._order(job)
        self._receive(job.purchase_order_ids)
        job.action_cancel()
        self.env.invalidate_all()
        self.assertEqual((job.purchase_cost, job.margin), (11.0, -11.0))

    def test_costs_read_in_constant_queries(self):
        jobs = self.env["fsm.order"].concat(*[self._create_part_job(1) for _n in range(6)])
        for job in jobs:
            self._order(job)
            self._receive(job.purchase_order_ids)
        self._deliver(jobs)
        names = ["purchase_cost", "margin"]
        jobs[:1].read(names)
        few = self._get_queries(jobs.browse(jobs[:2].ids).read, names)
        many = self._get_queries(jobs.browse(jobs.ids).read, names)
        self.assertEqual(few, many)

    # Access

    def test_technicians_see_no_cost(self):
        job = self._create_part_job(1, person_id=self.worker.id).with_user(self.user_technician)
        for name in ("purchase_cost", "margin"):
            with self.assertRaisesRegex(AccessError, "not for technicians"):
                job.read([name])
            self.assertFalse(job.fields_get([name]))
        for model in ("purchase.order", "purchase.order.line"):
            self.assertFalse(self.env[model].with_user(self.user_technician).has_access("read"))
        view = job.get_view(view_type="form")["arch"]
        self.assertNotIn('name="margin"', view)

    def test_managers_and_accountants_see_margins(self):
        job = self._create_part_job(1)
        self.assertEqual(job.with_user(self.user_manager).margin, 40.0)
        office = self._create_user(
            "books", "account.group_account_invoice,fieldservice.group_fsm_user"
        )
        self.assertEqual(job.with_user(office).margin, 40.0)
        with self.assertRaises(AccessError):
            job.with_user(self.user_dispatcher).read(["margin"])

    def test_a_technician_who_keeps_books_sees_no_margin(self):
        group = self.env.ref("sercom_jobs.sercom_jobs_group_technician")
        self.user_manager.group_ids |= group
        with self.assertRaises(AccessError):
            self._create_part_job(1).with_user(self.user_manager).read(["margin"])
