from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestDeliveredByHand(SercomJobsCommon):
    """A bill changes what jobs deliver and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product_delivered = cls._create_product(
            name="Filter", type="consu", invoice_policy="delivery", list_price=12.0
        )

    def test_a_quantity_of_an_order_without_job_outlives_its_bill(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_partner.id,
                "order_line": [self._line(self.product_delivered)],
            }
        )
        order.action_confirm()
        order.order_line.qty_delivered = 1.0
        order._create_invoices().action_post()
        self.env.flush_all()
        self.assertEqual(order.order_line.qty_delivered, 1.0)
        self.assertEqual(order.order_line.qty_to_invoice, 0.0)

    def test_what_is_billed_of_a_job_stays_delivered_until_it_is_credited(self):
        job = self._create_billable_job()
        line = job.sale_line_ids.filtered(lambda line: line.product_id == self.product_travel)
        self.assertEqual((line.qty_delivered_method, line.qty_delivered), ("field_service", 0.0))
        invoice = line.order_id._create_invoices()
        invoice.action_post()
        self.assertEqual(line.qty_delivered, 1.0)
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit.action_post()
        self.assertEqual(line.qty_delivered, 0.0)

    def test_what_is_reckoned_of_a_line_is_not_typed(self):
        """Written by whoever sells, it would be billed as it stands, though nothing was done."""
        job = self._create_billable_job()
        line = job.sale_line_ids.filtered(lambda line: line.product_id == self.product_travel)
        for user in (self.user_salesman, self.user_dispatcher):
            own = line.with_user(user)
            for name, value in (
                ("qty_to_invoice", 999.0),
                ("qty_invoiced", -999.0),
                ("qty_delivered_method", "manual"),
                ("untaxed_amount_to_invoice", 999.0),
                ("price_subtotal", 999.0),
            ):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    own.write({name: value})
            with self.assertRaisesRegex(UserError, job.name):
                own.write({"qty_delivered": 999.0})
            with self.assertRaisesRegex(UserError, job.name):
                own.create(
                    {
                        "order_id": line.order_id.id,
                        "fsm_order_id": job.id,
                        "product_id": self.product_travel.id,
                        "qty_delivered": 999.0,
                    }
                )
        self.assertEqual((line.qty_to_invoice, line.qty_delivered), (1.0, 0.0))
