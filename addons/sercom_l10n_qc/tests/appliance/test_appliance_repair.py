from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import INVOICE, QUOTE, QuebecCommon


@tagged("post_install", "-at_install")
class TestApplianceRepair(QuebecCommon):
    """Consumer Protection Act (CQLR, c. P-40.1), ss. 168 to 172 and 182 to 187."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.is_appliance_repair_ruled = True
        cls.category.is_household_appliance = True

    def _bill_all(self, order, **vals):
        move = order._create_invoices(final=True)
        if vals:
            line = move.invoice_line_ids.filtered(lambda line: line.product_id == self.labour)
            move.invoice_line_ids = [Command.update(line.id, vals)]
        return move

    def test_whose_repair_it_is(self):
        other = self._create_product(name="Pipe", type="consu", list_price=300.0)
        pipes = self.env["sale.order"].create(
            {"partner_id": self.consumer.id, "order_line": [self._line(other)]}
        )
        employee = self.env["res.partner"].create(
            {"name": "Jean", "parent_id": self.firm.id, "type": "contact"}
        )
        for order, expected, note in (
            (self._estimate(), True, "a consumer's"),
            (self._estimate(hours=0.5, parts=0), False, "$50"),
            (self._estimate(hours=0.51, parts=0), True, "$51"),
            (self._estimate(self.firm), False, "a firm's"),
            (self._estimate(employee), False, "a firm's, by its contact"),
            (pipes, False, "pipes are no appliance"),
        ):
            with self.subTest(note):
                self.assertEqual(order.is_appliance_estimate, expected)
        self.company.is_appliance_repair_ruled = False
        self.assertFalse(self._estimate().is_appliance_estimate)

    def test_what_the_estimate_still_has_to_say(self):
        order = self._estimate(validity_date=False)
        self.assertIn("serial number", order.estimate_missing)
        self.assertIn("valid", order.estimate_missing)
        order.write({"validity_date": "2026-12-31", "appliance_description": "Daikin 4711"})
        self.assertFalse(order.estimate_missing)
        self.consumer.street = False
        self.assertIn("address", order.estimate_missing)
        order.is_estimate_waived = True
        self.assertFalse(order.estimate_missing)

    def test_the_quote_says_it(self):
        order = self._estimate(appliance_description="Daikin 4711")
        page = self._print(QUOTE, order)
        self.assertIn("Daikin 4711", page)
        self.assertIn("the highest for this work", page)
        self.company.is_appliance_repair_ruled = False
        order.invalidate_recordset()
        self.assertNotIn("the highest for this work", self._print(QUOTE, order))

    def test_the_price_agreed_to_is_a_ceiling(self):
        order = self._estimate()
        order.action_confirm()
        self.assertEqual(order.repair_ceiling, 500.0)
        # Sold more of it later, nobody agreed.
        order.order_line[0].product_uom_qty = 3.0
        move = self._bill_all(order)
        with self.assertRaises(UserError) as caught:
            move.action_post()
        self.assertRegex(str(caught.exception), rf"500.00 for {order.name}.*600.00.*change order")
        line = move.invoice_line_ids.filtered(lambda line: line.product_id == self.labour)
        line.quantity = 2.0
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_the_ceiling_counts_all_invoices_and_credits(self):
        order = self._estimate()
        order.action_confirm()
        first = self._bill_all(order)
        first.action_post()
        order.order_line[0].product_uom_qty = 3.0
        second = self._bill_all(order)
        with self.assertRaises(UserError):
            second.action_post()
        self._credit(first, quantity=0.5)
        second.action_post()
        self.assertEqual(second.state, "posted")

    def test_a_deposit_is_not_counted_twice(self):
        order = self._estimate()
        order.action_confirm()
        self._ask_deposit(order, 200.0).action_post()
        self._bill_all(order).action_post()
        self.assertEqual(order._get_repair_billed(), 500.0)

    def test_a_quote_again_is_agreed_to_again(self):
        order = self._estimate()
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        self.assertFalse(order.repair_ceiling)

    def _sign(self, order, name="Lise Gagnon"):
        order.write({"signed_by": name, "signed_on": "2026-11-02 15:00:00"})

    def test_what_the_client_signed_is_the_ceiling_not_what_it_became(self):
        order = self._estimate(state="sent")
        self._sign(order)
        self.assertEqual(order.repair_ceiling, 500.0)
        order.order_line[0].price_unit = 900.0
        order.with_user(self.user_biller).action_confirm()
        self.assertEqual((order.repair_ceiling, order.signed_by), (500.0, "Lise Gagnon"))

    def test_a_signed_repair_that_is_no_repair_any_more_keeps_its_ceiling(self):
        """Its client becomes a firm, its products other ones, its total less than $50."""

        def be_a_firm(order):
            order.partner_id.is_company = True

        def be_no_appliance(_order):
            self.category.is_household_appliance = False

        def cost_less(order):
            order.order_line.price_unit = 1.0

        for change in (be_a_firm, be_no_appliance, cost_less):
            for when in ("before", "after"):
                with self.subTest(change.__name__, when=when), self.cr.savepoint() as savepoint:
                    order = self._estimate(state="sent")
                    self._sign(order)
                    if when == "before":
                        change(order)
                    order.action_confirm()
                    if when == "after":
                        change(order)
                    order.order_line[0].price_unit = 900.0
                    move = self._bill_all(order)
                    self.assertEqual(order.repair_ceiling, 500.0)
                    with self.assertRaisesRegex(UserError, "change order"):
                        move.action_post()
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_a_state_that_is_written_raises_no_ceiling(self):
        order = self._estimate(state="sent")
        self._sign(order)
        order.action_confirm()
        own = order.with_user(self.user_biller)
        for state in ("draft", "sent"):
            with self.assertRaisesRegex(UserError, rf"{order.name}.*change order"):
                own.state = state
        self.assertEqual((order.state, order.repair_ceiling), ("sale", 500.0))

    def test_a_quote_again_has_lost_its_signature(self):
        for state in ("draft", "sent"):
            order = self._estimate(state="sent")
            self._sign(order)
            order.action_confirm()
            order._action_cancel()
            order.with_user(self.user_biller).state = state
            self.assertFalse(order.repair_ceiling or order.signed_by or order.signed_on)

    def test_a_signature_that_is_written_again_raises_no_ceiling(self):
        order = self._estimate(state="sent")
        self._sign(order)
        order.action_confirm()
        order.order_line[0].price_unit = 900.0
        self._sign(order.with_user(self.user_biller))
        self.assertEqual(order.repair_ceiling, 500.0)

    def test_off_bills_what_it_billed(self):
        self.company.is_appliance_repair_ruled = False
        order = self._estimate()
        order.action_confirm()
        self.assertFalse(order.repair_ceiling)
        order.order_line[0].product_uom_qty = 9.0
        move = self._bill_all(order)
        move.action_post()
        self.assertNotIn('name="appliance_repair"', self._print(INVOICE, move))

    def test_switched_on_later_leaves_what_was_sold_before(self):
        self.company.is_appliance_repair_ruled = False
        order = self._estimate()
        order.action_confirm()
        self.company.is_appliance_repair_ruled = True
        order.order_line[0].product_uom_qty = 9.0
        move = self._bill_all(order)
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_the_invoice_says_parts_hours_rate_and_warranty(self):
        order = self._estimate(appliance_description="Daikin 4711")
        order.order_line[1].part_condition = "reconditioned"
        order.action_confirm()
        move = self._bill_all(order)
        move.action_post()
        page = self._print(INVOICE, move)
        for word in ("Daikin 4711", "Compressor", "Reconditioned", "Total labour", "3 months"):
            self.assertIn(word, page)
        parts, labour = move._get_repair_lines()
        self.assertEqual(sum(parts.mapped("price_subtotal")), 300.0)
        self.assertEqual((labour.quantity, labour.price_unit), (2.0, 100.0))

    def test_a_part_is_new_unless_said_otherwise(self):
        self.assertEqual(self._estimate().order_line[1]._get_part_condition(), "New")

    def test_consent_to_more_keeps_the_telephone(self):
        """$40 and $20 more are one repair of $60."""
        home = self._create_site(owner_id=self.consumer.id)
        job = self._create_job(location_id=home.id)
        job.sale_id.order_line = [self._line(self.labour, 0.4)]
        self.assertEqual(job.sale_id.partner_id, self.consumer)
        change = self._estimate(hours=0.2, parts=0)
        self.assertFalse(change.is_appliance_estimate or job.sale_id.is_appliance_estimate)
        change.sudo().write({"is_change_order": True, "origin_fsm_order_id": job.id})
        self.assertTrue(change.is_appliance_estimate)
        change = change.with_user(self.user_biller)
        form = Form(
            self.env["sercom.spoken.consent"]
            .with_user(self.user_biller)
            .with_context(default_order_id=change.id)
        )
        form.name = "Lise Gagnon"
        form.phone = "514-555-0199"
        form.save().action_apply()
        self.assertEqual(change.consent_phone, "514-555-0199")
        self.assertEqual((change.state, change.repair_ceiling), ("sale", 20.0))
        self.assertIn("514-555-0199", self._print(QUOTE, change.sudo()))
