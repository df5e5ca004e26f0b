from odoo.tests import Form, freeze_time, tagged

from .common import SercomPartsCommon

TODAY = "2026-11-02 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCreditedParts(SercomPartsCommon):
    """Parts that come back are credited by every road; a cancelled job says what it leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part.invoice_policy = "delivery"
        cls._put(5)
        cls.job = cls._create_part_job(3)
        cls._deliver(cls.job)

    def _give_back(self, quantity):
        """Return parts by the transfer's own dialog, to be refunded."""
        picking = self.job.part_line_ids.move_ids.picking_id
        Wizard = self.env["stock.return.picking"].with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking"
        )
        wizard = Form(Wizard).save()
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        back.move_ids.quantity = quantity
        back.move_ids.picked = True
        back._action_done()

    def _check_roads(self, figures, money):
        line = self.job.part_line_ids
        self.assertEqual([line.qty_delivered, line.qty_invoiced, line.qty_to_invoice], figures)
        for road in (self.job, self.job.sale_id):
            with self.subTest(road=road._name), self.cr.savepoint() as savepoint:
                before = self.job.sale_id.invoice_ids
                road.action_convert_to_invoice()
                road.action_convert_to_invoice()
                new = self.job.sale_id.invoice_ids - before
                self.assertEqual(sum(new.mapped("amount_untaxed_signed")), money)
                savepoint.rollback()
                self.env.invalidate_all()

    def _bill(self):
        self.job.action_convert_to_invoice()
        self.job.invoice_ids.action_post()

    def test_a_part_given_back_is_credited(self):
        self._bill()
        self._check_roads([3, 3, 0], 0)
        self._give_back(1)
        self._check_roads([2, 3, -1], -40)

    def test_all_parts_given_back_are_credited(self):
        self._bill()
        self._give_back(3)
        self._check_roads([0, 3, -3], -120)

    def test_parts_of_a_cancelled_job_are_owed_until_they_come_back(self):
        self.part.invoice_policy = "order"
        self.job.part_line_ids.product_uom_qty = 5
        self.job.action_cancel()
        self._check_roads([3, 0, 3], 120)
        self._give_back(3)
        self.assertEqual(self.job.part_line_ids.qty_to_invoice, 0.0)

    def test_a_dispatcher_cancels_an_order_with_parts(self):
        order = self._create_part_job(2).sale_id
        self.env.flush_all()
        self.env.invalidate_all()
        order.with_user(self.user_dispatcher)._action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_cancelling_tells_of_the_parts(self):
        other = self._create_part(name="Pipe", price=5.0)
        self._add_part(self.job, 4, other)
        self._order(self.job)
        order = self.job.purchase_order_ids
        self._receive(order, 1)
        action = self.job.with_user(self.user_buyer).action_ask_cancel()
        wizard = self.env["sercom.job.cancel"].with_user(self.user_buyer).browse(action["res_id"])
        lines = {line.key: line for line in wizard.line_ids}
        self.assertRegex(lines["purchases"].name, "3 Units – Pipe")
        self.assertRegex(lines["received"].name, "1 Units – Pipe")
        self.assertRegex(lines["parts"].name, "3 Units – Ball valve")
        self.assertEqual(lines["purchases"].action_open()["res_id"], order.id)
        taken = lines["parts"].action_open()
        self.assertEqual(taken["res_model"], "stock.picking")
        self.assertEqual(taken["res_id"], self.job.part_line_ids.move_ids.picking_id[:1].id)
