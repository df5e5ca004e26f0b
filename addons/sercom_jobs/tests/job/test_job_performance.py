from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")  # what is written in another second costs a query more
class TestJobPerformance(SercomJobsCommon):
    """What one record more costs: the number of queries, of each operation on many at once.

    What Odoo takes for each is said by the tests of plain orders, without site or field service.
    """

    messages = 0  # of each record whose state changes

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls._create_product(name="Plain", type="service")

    def _assert_stock_queries_each(self, each, make, act):
        """``_assert_queries_each`` of what costs a query less where Odoo's stock is missing."""
        has_stock = "sale_stock" in self.env.registry._init_modules
        self._assert_queries_each(each if has_stock else each - 1, make, act)

    def _assert_line_queries_each(self, each, make, act):
        """``_assert_queries_each`` of records with one order line."""
        self._assert_queries_each(each + self._get_hour_queries(), make, act)

    def _assert_stock_line_queries_each(self, each, make, act):
        """``_assert_stock_queries_each`` of records with one order line."""
        self._assert_stock_queries_each(each + self._get_hour_queries(), make, act)

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
        return self.env["crm.lead"].concat(
            *[
                self._create_request(
                    request_line_ids=[Command.create({"product_id": self.product_hour.id})]
                )
                for _number in range(count)
            ]
        )

    def _prepare_plain_orders(self, count):
        lines = [self._line(self.plain)]
        return [
            {"name": "Plain", "partner_id": self.client_partner.id, "order_line": lines}
            for _number in range(count)
        ]

    def _plain_orders(self, count):
        return self.env["sale.order"].create(self._prepare_plain_orders(count))

    def _sold_plain_orders(self, count):
        orders = self._plain_orders(count)
        orders.action_confirm()
        return orders

    def test_making_jobs(self):
        self._assert_queries_each(
            0,
            lambda count: [{"location_id": self.site.id}] * count,
            self.env["fsm.order"].create,
        )

    def test_confirming_quotes(self):
        self._assert_line_queries_each(
            self.messages, self._quotes, lambda quotes: quotes.action_confirm()
        )

    def test_converting_quotes_into_jobs(self):
        self._assert_line_queries_each(
            self.messages, self._quotes, lambda quotes: quotes.action_convert_to_job()
        )

    def test_converting_requests_into_quotes(self):
        self._assert_line_queries_each(
            self.messages, self._requests, lambda leads: leads.action_convert_to_quote()
        )

    def test_converting_requests_into_jobs(self):
        self._assert_line_queries_each(
            self.messages, self._requests, lambda leads: leads.action_convert_to_job()
        )

    def test_making_plain_orders(self):
        # Odoo reads a default warehouse and the quotation's documents for each order.
        self._assert_stock_line_queries_each(
            2, self._prepare_plain_orders, self.env["sale.order"].create
        )

    def test_confirming_plain_orders(self):
        self._assert_queries_each(
            self.messages, self._plain_orders, lambda orders: orders.action_confirm()
        )

    def test_completing_jobs(self):
        self._assert_line_queries_each(
            self.messages, self._jobs, lambda jobs: jobs.action_complete()
        )

    def test_cancelling_jobs(self):
        self._assert_line_queries_each(self.messages, self._jobs, lambda jobs: jobs.action_cancel())

    def test_converting_jobs_into_invoices(self):
        def make(count):
            jobs = self._jobs(count)
            jobs.action_complete()
            return jobs

        # Odoo: per invoice its journal, taxes, analytic project, followers, and five of the message
        # that says where it comes from; and the link to the job.
        self._assert_stock_line_queries_each(
            10 + 6 * self.messages, make, lambda jobs: jobs.action_convert_to_invoice()
        )

    def test_invoicing_plain_orders(self):
        self._assert_stock_queries_each(
            10 + 6 * self.messages,
            self._sold_plain_orders,
            lambda orders: orders._create_invoices(grouped=True),
        )

    def test_reading_many_files_costs_the_same(self):
        jobs = self.env["fsm.order"].concat(*[self._create_billable_job() for _n in range(12)])
        names = ["opportunity_count", "amount_sold", "amount_due", "timeline"]
        files = self.env["sercom.service.file"].browse(jobs.service_file_id.ids)
        files[:1].read(names)
        few = self._get_queries(files.browse(files[:2].ids).read, names)
        many = self._get_queries(files.read, names)
        self.assertEqual(few, many)


@tagged("post_install", "-at_install", "slow")
class TestTrackedJobPerformance(TestJobPerformance):
    """The same with the messages and notes that the chatters get, which other tests leave out.

    Of Odoo's own queries one remains for each: the message itself. What is told to followers is
    Odoo's, and counted by nobody here: the only one is the author. A new invoice has six more.
    """

    messages = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._tell_chatters()
