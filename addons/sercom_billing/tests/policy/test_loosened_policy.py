from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestLoosenedPolicy(BillingCommon):
    """Who sells has no more billed than the client agreed to; who releases may, and is told of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_seller = cls._create_user(
            "sercom_seller",
            "fieldservice.group_fsm_user,sales_team.group_sale_salesman_all_leads",
        )
        cls.user_boss = cls._create_user("sercom_boss", "fieldservice.group_fsm_manager")
        product = cls._sell_by_the_hour(field_service_tracking="line")
        order = cls._create_quote(order_line=[cls._line(product, 3.0)])
        order.action_confirm()
        cls.order = order
        cls.line = order.order_line
        cls.hourly = order.fsm_order_ids
        cls.hourly.billing_policy = "capped"

    def _assert_refused(self, record, **vals):
        with self.assertRaisesRegex(UserError, "agreed to"), self.cr.savepoint():
            record.with_user(self.user_seller).write(vals)
        self.assertEqual(self.line.effective_billing_policy, "capped")

    def test_no_more_than_authorised_by_another_policy(self):
        self._work(self.hourly, 5)
        for policy in ("actual", "sold"):
            self._assert_refused(self.line, billing_policy=policy)
            self._assert_refused(self.hourly, billing_policy=policy)
        self._assert_refused(self.hourly, billing_policy=False)
        self.assertEqual(self._bill(self.hourly).amount_untaxed, 360.0)

    def test_a_fixed_price_is_not_billed_as_worked(self):
        self.hourly.billing_policy = "sold"
        with self.assertRaisesRegex(UserError, "As Sold"), self.cr.savepoint():
            self.line.with_user(self.user_seller).billing_policy = "actual"
        self.line.with_user(self.user_seller).billing_policy = "capped"
        self.assertEqual(self.line.effective_billing_policy, "capped", "Tighter it may be.")

    def test_nor_by_another_service_or_line(self):
        loose = self._sell_by_the_hour(billing_policy="actual")
        self.hourly.billing_policy = False
        self.line.billing_policy = "capped"
        with self.assertRaises(UserError), self.cr.savepoint():  # Odoo itself refuses
            self.line.with_user(self.user_seller).product_id = loose
        vals = {
            "order_id": self.order.id,
            "fsm_order_id": self.hourly.id,
            "product_id": loose.id,
            "sequence": -1,
        }
        Line = self.line.with_user(self.user_seller)
        with self.assertRaisesRegex(UserError, "agreed to"), self.cr.savepoint():
            Line.create(vals)
        Line.create({**vals, "billing_policy": "capped"})
        self.assertEqual(self.hourly.authorized_hours, 3.0)

    def test_nor_by_its_service(self):
        self.hourly.billing_policy = False
        service = self.line.product_id.product_tmpl_id
        service.billing_policy = "capped"
        self.assertEqual(self.line.effective_billing_policy, "capped")
        keeper = self._create_user(
            "sercom_keeper",
            "fieldservice.group_fsm_user,sales_team.group_sale_manager,product.group_product_manager",
        )
        with self.assertRaisesRegex(UserError, "agreed to"), self.cr.savepoint():
            service.with_user(keeper).service_policy = "ordered_prepaid"
        self.assertEqual(self.line.effective_billing_policy, "capped")

    def test_nor_by_way_of_a_quote(self):
        self._work(self.hourly, 5)
        self.order._action_cancel()  # with its job: who sells may not
        self.order.action_draft()
        self._assert_refused(self.line, billing_policy="actual")

    def test_who_releases_may_and_is_told_of(self):
        self._work(self.hourly, 5)
        self.line.with_user(self.user_biller).billing_policy = "actual"
        self.assertEqual(self.line.qty_to_invoice, 5.0)
        self.assertIn("As Worked", self.order.message_ids[0].body)
        self.assertEqual(self.order.message_ids[0].author_id, self.user_biller.partner_id)
        self.line.billing_policy = False
        self.hourly.with_user(self.user_boss).billing_policy = "actual"
        self.assertEqual(self.line.qty_to_invoice, 5.0)

    def test_a_change_order_is_the_way_out(self):
        self._work(self.hourly, 5)
        action = self.hourly.with_user(self.user_seller).action_upsell_extra_hours()
        order = self.env["sale.order"].browse(action["res_id"]).with_user(self.user_seller)
        order._record_consent("Marie", fields.Datetime.now())
        self.assertEqual(self.line.qty_to_invoice, 5.0)

    def test_before_the_client_agreed_the_office_says(self):
        job = self._create_hourly_job()
        job.billing_policy = "capped"
        job.with_user(self.user_seller).billing_policy = "actual"
        job.with_user(self.user_seller).billing_policy = "capped"
        self._work(job, 1)
        with self.assertRaises(UserError), self.cr.savepoint():
            job.with_user(self.user_seller).billing_policy = "actual"
        quote = self._create_quote(order_line=[self._line(self.line.product_id, 3.0)])
        line = quote.order_line.with_user(self.user_seller)
        line.billing_policy = "capped"
        line.billing_policy = "actual"
        self.assertEqual(line.billing_policy, "actual")
