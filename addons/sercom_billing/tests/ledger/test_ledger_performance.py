from odoo.tests import tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestLedgerPerformance(BillingCommon):
    """Many jobs cost as many queries as few."""

    def _prepare(self, count, days=0):
        jobs = self.env["fsm.order"].concat(*(self._create_hourly_job() for _n in range(count)))
        for number, job in enumerate(jobs):
            self._work(job, 1, self.start - (days + number + 1) * DAY)
        return jobs

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_the_ledger_costs_no_query_for_each_invoice(self):
        few, many = self._prepare(2), self._prepare(6, days=10)

        def settle(jobs):
            moves = jobs.sale_id.invoice_ids
            lines = jobs.sale_line_ids
            self.env.cr.execute("DELETE FROM sercom_billing_entry")
            self.env.cr.execute("UPDATE account_analytic_line SET billed_hours = 0")
            self.env.invalidate_all()
            self.assertEqual(len(moves), len(jobs))
            return self._count(lines._sync_ledger)

        for jobs in (few, many):
            jobs.sale_id._create_invoices(grouped=True)
        settle(few)
        costs = [settle(jobs) for jobs in (few, many)]
        self.assertEqual(costs[0], costs[1])
        idle = [self._count(jobs.sale_line_ids._sync_ledger) for jobs in (many[:2], many)]
        self.assertEqual(idle[0], idle[1], "Nothing is added.")
        self._assert_ledger(many)
