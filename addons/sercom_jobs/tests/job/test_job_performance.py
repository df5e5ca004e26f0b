from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobPerformance(SercomJobsCommon):
    def _quotes(self, count):
        """Quotes of services only: what stock does for parts is not ours to count."""
        return self.env["sale.order"].concat(
            *[
                self._create_quote(order_line=[self._line(self.product_hour, 3.0)])
                for _number in range(count)
            ]
        )

    def test_confirming_many_quotes_costs_few_queries_each(self):
        self._quotes(1).action_confirm()  # warms the caches
        one = self._get_queries(self._quotes(1).action_confirm)
        many = self._get_queries(self._quotes(20).action_confirm)
        self.assertLess(many, one + 20 * 6, f"1 quote: {one} queries, 20 quotes: {many}")

    def test_reading_many_files_costs_the_same(self):
        jobs = self.env["fsm.order"].concat(*[self._create_billable_job() for _n in range(12)])
        names = ["opportunity_count", "amount_sold", "amount_due", "timeline"]
        files = self.env["sercom.service.file"].browse(jobs.service_file_id.ids)
        files[:1].read(names)
        few = self._get_queries(files.browse(files[:2].ids).read, names)
        many = self._get_queries(files.read, names)
        self.assertEqual(few, many)
