from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestPolicyPerformance(BillingCommon):
    """What the policy of a line costs where jobs are made: nothing for each."""

    def _quotes(self, count):
        line = self._line(self.product_hour, 3.0)
        return self.env["sale.order"].concat(
            *(self._create_quote(order_line=[line]) for _number in range(count))
        )

    @freeze_time("2026-03-02 14:00:00")  # an order that is confirmed within its second is not dated
    def test_confirming_quotes(self):
        for policy in (False, "sold", "actual", "capped"):
            with self.subTest(policy=policy):
                self.company.billing_policy = policy
                self._assert_queries_each(0, self._quotes, lambda quotes: quotes.action_confirm())
