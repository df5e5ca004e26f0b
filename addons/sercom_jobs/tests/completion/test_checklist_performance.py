from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import ChecklistCommon


@tagged("post_install", "-at_install")
class TestChecklistPerformance(ChecklistCommon):
    def test_items_of_many_jobs_cost_the_same(self):
        jobs = self.env["fsm.order"].concat(*[self._create_job() for _number in range(18)])

        def add(jobs):
            jobs.checklist_ids = self.checklist

        add(jobs[0])  # warms the caches
        few = self._get_queries(add, jobs[1:3])
        # 15 jobs of 6 items: Odoo inserts 100 rows at a time.
        many = self._get_queries(add, jobs[3:])
        self.assertEqual(few, many)
        self.assertEqual(set(jobs.mapped("check_count")), {5})

    def test_checklists_of_many_products_cost_the_same(self):
        products = self.env["product.product"].concat(
            *[
                self._create_product(
                    name=f"Service {number}",
                    type="service",
                    categ_id=self.env["product.category"].create({"name": f"C {number}"}).id,
                )
                for number in range(12)
            ]
        )
        self.checklist.product_tmpl_ids = products.product_tmpl_id
        products[:1]._get_checklists()
        few = self._get_queries(products[:2]._get_checklists)
        many = self._get_queries(products._get_checklists)
        self.assertEqual(few, many)

    @freeze_time("2026-10-27 15:00:00")  # what is written in another second costs a query more
    def test_confirming_many_quotes_adds_a_fixed_cost(self):
        plain = self._create_product(name="Plain", type="service", field_service_tracking="sale")
        for product in (self.service, plain):
            lines = [self._line(product)]
            self._assert_queries_each(
                self._get_hour_queries(),
                lambda count, lines=lines: self.env["sale.order"].concat(
                    *[self._create_quote(order_line=lines) for _number in range(count)]
                ),
                lambda orders: orders.action_confirm(),
            )

    def test_progress_of_many_jobs_is_one_query(self):
        jobs = self.env["fsm.order"].concat(*[self._create_checked_job() for _n in range(9)])
        names = ["check_count", "check_progress", "check_missing_count"]
        few = self._get_queries(jobs[:2].read, names)
        many = self._get_queries(jobs.read, names)
        self.assertEqual(few, many)

    def test_answering_costs_the_same_on_a_long_checklist(self):
        job = self._create_checked_job()
        self.checklist.line_ids = [Command.create({"name": f"Item {n}"}) for n in range(60)]
        long = self._create_checked_job()
        few = self._get_queries(job.check_ids[1].action_answer, True)
        many = self._get_queries(long.check_ids[1].action_answer, True)
        self.assertEqual(few, many)
