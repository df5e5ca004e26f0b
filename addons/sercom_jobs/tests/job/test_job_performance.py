from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobPerformance(SercomJobsCommon):
    """What one record more costs: the number of queries, of each operation on many at once."""

    def _quotes(self, count):
        """Quotes of services only: what stock does for parts is not ours to count."""
        return self.env["sale.order"].concat(
            *[
                self._create_quote(order_line=[self._line(self.product_hour, 3.0)])
                for _number in range(count)
            ]
        )

    def _jobs(self, count):
        quotes = self._quotes(count)
        quotes.action_confirm()
        return quotes.fsm_order_ids

    def _requests(self, count):
        return self.env["crm.lead"].concat(*[self._create_request() for _number in range(count)])

    def test_confirming_quotes(self):
        self._assert_costs(self._quotes, lambda quotes: quotes.action_confirm(), 0, 1)

    def test_converting_quotes_into_jobs(self):
        self._assert_costs(self._quotes, lambda quotes: quotes.action_convert_to_job(), 0, 1)

    def test_converting_requests_into_quotes(self):
        self._assert_costs(self._requests, lambda leads: leads.action_convert_to_quote(), 0, 1)

    def test_converting_requests_into_jobs(self):
        self._assert_costs(self._requests, lambda leads: leads.action_convert_to_job(), 0, 1)

    def test_completing_jobs(self):
        self._assert_costs(self._jobs, lambda jobs: jobs.action_complete(), 0, 1)

    def test_cancelling_jobs(self):
        self._assert_costs(self._jobs, lambda jobs: jobs.action_cancel(), 0, 1)

    def test_converting_jobs_into_invoices(self):
        def make(count):
            jobs = self._jobs(count)
            jobs.action_complete()
            return jobs

        self._assert_costs(make, lambda jobs: jobs.action_convert_to_invoice(), 0, 1)

    def test_making_jobs(self):
        self._assert_costs(
            lambda count: [{"location_id": self.site.id}] * count,
            lambda vals_list: self.env["fsm.order"].create(vals_list),
            0,
            1,
        )

    def test_reading_many_files_costs_the_same(self):
        jobs = self.env["fsm.order"].concat(*[self._create_billable_job() for _n in range(12)])
        names = ["opportunity_count", "amount_sold", "amount_due", "timeline"]
        files = self.env["sercom.service.file"].browse(jobs.service_file_id.ids)
        files[:1].read(names)
        few = self._get_queries(files.browse(files[:2].ids).read, names)
        many = self._get_queries(files.read, names)
        self.assertEqual(few, many)
