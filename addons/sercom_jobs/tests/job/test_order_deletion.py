from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestOrderDeletion(SercomJobsCommon):
    """An order that something came of is cancelled, never deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_manager = cls._create_user("sercom_seller", "sales_team.group_sale_manager")

    def test_an_order_with_a_job(self):
        order = self._create_quote()
        order.action_confirm()
        job = order.fsm_order_ids
        order._action_cancel()
        with self.assertRaisesRegex(UserError, f"{order.name}.*{job.name}.*[Ll]eave it cancelled"):
            order.with_user(self.user_manager).unlink()
        self.assertEqual(job.sale_id, order)

    def test_an_order_with_an_invoice(self):
        order = self._create_quote()
        order.action_convert_to_invoice()
        move = order.invoice_ids
        move.action_post()
        file = order.service_file_id
        order._action_cancel()
        self.assertFalse(order.fsm_order_ids)
        with self.assertRaisesRegex(UserError, f"{order.name}.*{move.name}.*[Ll]eave it cancelled"):
            order.with_user(self.user_manager).unlink()
        self.assertEqual(file.amount_invoiced, order.amount_total)

    def test_a_quote_that_nothing_came_of_is_deleted(self):
        quote = self._create_quote()
        quote.with_user(self.user_manager).unlink()
        self.assertFalse(quote.exists())

    def test_a_plain_order_is_odoos(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Shop"}).id,
                "order_line": [self._line(self.product_part)],
            }
        )
        order.action_confirm()
        order._create_invoices().action_post()
        order._action_cancel()
        order.unlink()
        self.assertFalse(order.exists())

    def test_a_billed_job_is_not_deleted(self):
        job = self._create_billable_job()
        job.action_complete()
        job.action_convert_to_invoice()
        job.invoice_ids.action_post()
        with self.assertRaisesRegex(UserError, f"{job.name} is invoiced.*[Cc]ancel"):
            job.unlink()
