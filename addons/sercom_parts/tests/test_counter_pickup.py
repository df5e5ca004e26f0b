from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import PickupCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestCounterPickup(PickupCommon):
    """A technician picks parts up at the counter; the office checks the price."""

    def test_makes_a_received_order(self):
        self._pick_up(photo=PIXEL)
        order = self.job.purchase_order_ids
        self.assertRecordValues(
            order,
            [
                {
                    "state": "purchase",
                    "counter_slip": "A-100",
                    "partner_ref": "A-100",
                    "partner_id": self.vendor.id,
                    "receipt_status": "full",
                    "service_file_id": self.job.service_file_id.id,
                }
            ],
        )
        self.assertEqual(order.order_line.price_unit, 11.0)
        self.assertEqual(order.order_line.qty_received, 2)
        self.assertEqual(self.job.parts_state, "received")
        slips = order.message_ids.attachment_ids
        self.assertEqual(len(slips), 1)
        self.assertFalse(self.job.photo_ids, "a slip with prices is no photo of the job")

    def test_into_the_truck_or_the_warehouse(self):
        truck = self._give_truck()
        self._pick_up()
        move = self.job.purchase_line_ids.move_ids
        self.assertEqual((move.location_dest_id, move.state), (truck, "done"))
        self.assertEqual(self.part.with_context(location=truck.id).qty_available, 2)
        self.assertEqual(
            self.job.part_line_ids.move_ids.move_line_ids.location_id, truck, "reserved there"
        )
        self.worker.truck_location_id = False
        self._pick_up(slip="A-101")
        second = self.job.purchase_order_ids.filtered(lambda order: order.counter_slip == "A-101")
        self.assertEqual(second.order_line.move_ids.location_dest_id, self.shelf)

    def test_with_a_receipt_in_steps(self):
        self.warehouse.reception_steps = "two_steps"
        self._pick_up()
        self.assertEqual(self.part.with_context(location=self.shelf.id).qty_available, 2)
        self.assertEqual(self.job.purchase_line_ids.qty_received, 2)

    def test_what_was_sold_already_is_not_sold_again(self):
        self._pick_up(2)
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)
        self._pick_up(1, slip="A-101")
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 3)

    def test_a_new_part_gets_a_line(self):
        pipe = self._create_part(name="Pipe", price=5.0)
        self._pick_up(4, part=pipe)
        line = self.job.part_line_ids.filtered(lambda line: line.product_id == pipe)
        self.assertEqual((line.product_uom_qty, line.price_unit), (4, 40.0))
        self.assertEqual(self.job.purchase_line_ids.sale_line_id, line)

    def test_units_of_the_line(self):
        line = self.job.part_line_ids
        line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self._pick_up(36)
        self.assertEqual(line.product_uom_qty, 3)

    def test_fewer_than_the_vendors_unit(self):
        self.part.seller_ids.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.part.seller_ids.price = 120.0
        self._pick_up(quantity=5)
        line = self.job.purchase_line_ids
        self.assertEqual((line.product_uom_qty, line.price_subtotal), (5, 50.0))
        self.assertEqual(self.part.qty_available, 5)

    def test_the_office_checks_the_price(self):
        self._pick_up()
        order = self.job.purchase_order_ids
        self.assertEqual(order.activity_ids.user_id, self.user_buyer)
        self.assertIn("A-100", order.activity_ids.summary)
        self.assertEqual(order.user_id, self.user_buyer)

    def test_large_purchases_need_no_approval(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1.0})
        self._pick_up()
        self.assertEqual(self.job.purchase_order_ids.state, "purchase")

    def test_the_same_slip_is_recorded_once(self):
        first = self._pick_up()
        first.action_record()
        self._pick_up(slip="  a-100 ")
        self.assertEqual(len(self.job.purchase_order_ids), 1)
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)

    def test_a_slip_of_another_job_is_refused(self):
        self._pick_up()
        later = self.start + timedelta(hours=2)
        other = self._create_part_job(1, person_id=self.worker.id, scheduled_date_start=later)
        with self.assertRaisesRegex(UserError, "A-100 of Wholesaler is already recorded"):
            self._pick_up(job=other)
        self.assertFalse(other.purchase_order_ids)

    def test_the_database_keeps_slips_apart(self):
        self._pick_up()
        order = self.job.purchase_order_ids
        vals = {"partner_id": self.vendor.id, "counter_slip": "A-100"}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env["purchase.order"].create(vals)
        other = self.env["res.partner"].create({"name": "Other vendor"})
        self.env["purchase.order"].create({**vals, "partner_id": other.id})
        self.assertEqual(order.copy().counter_slip, False)

    # Refused

    def test_what_is_refused(self):
        client = self.client_partner
        service = self.product_hour
        serial = self._create_part(name="Boiler", tracking="serial")
        unbought = self._create_part(name="Unbought", purchase_ok=False)
        job = self.job.with_user(self.user_technician)
        part = self.part.with_user(self.user_technician)
        for message, args in (
            ("is not one of our vendors", (client, "A", {part: 1})),
            ("Type the number", (self.vendor, "  ", {part: 1})),
            ("cannot be picked up", (self.vendor, "A", {service: 1})),
            ("cannot be picked up", (self.vendor, "A", {unbought: 1})),
            ("cannot be picked up", (self.vendor, "A", {part: 0})),
            ("cannot be picked up", (self.vendor, "A", {part: -2})),
            ("followed by lot", (self.vendor, "A", {serial: 1})),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                job._record_pickup(*args)
        self.assertFalse(self.job.purchase_order_ids)

    def test_a_file_that_is_no_photo_is_refused(self):
        with self.assertRaises(ValidationError):
            self.job.with_user(self.user_technician)._record_pickup(
                self.vendor, "A", {self.part: 1}, b"PHN2Zy8+"
            )

    def test_an_empty_dialog_is_refused(self):
        action = self.job.with_user(self.user_technician).action_pick_up_parts()
        Wizard = self.env["sercom.counter.pickup"].with_user(self.user_technician)
        wizard = Wizard.with_context(**action["context"]).create(
            {"vendor_id": self.vendor.id, "slip": "A"}
        )
        with self.assertRaisesRegex(UserError, "Add what you picked up"):
            wizard.action_record()

    def test_a_closed_job_is_refused(self):
        self.job.action_complete()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._pick_up()

    def test_somebody_elses_job_is_refused(self):
        other = self._create_part_job(1)
        with self.assertRaises(AccessError):
            self._pick_up(job=other)
        with self.assertRaises(AccessError):
            other.with_user(self.user_technician)._record_pickup(self.vendor, "A", {self.part: 1})

    def test_a_vendor_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other firm"})
        self.vendor.company_id = other
        with self.assertRaisesRegex(UserError, "is not one of our vendors"):
            self.job.with_user(self.user_technician)._record_pickup(
                self.vendor.sudo(), "A", {self.part: 1}
            )

    # Roles

    def test_the_technician_sees_no_cost(self):
        wizard = self._pick_up()
        for user_model in ("purchase.order", "purchase.order.line", "stock.picking", "stock.move"):
            Model = self.env[user_model].with_user(self.user_technician)
            self.assertFalse(Model.has_access("read"), user_model)
        names = set(wizard._fields) | set(wizard.line_ids._fields)
        self.assertFalse({"price_unit", "price", "amount", "currency_id"} & names)
        chatter = self.job.with_user(self.user_technician).message_ids.mapped("body")
        self.assertFalse([body for body in chatter if "11.0" in body or "22.0" in body])

    def test_the_office_records_too(self):
        self._pick_up(user=self.user_buyer)
        self.assertEqual(self.job.purchase_order_ids.state, "purchase")

    def test_portal_and_employees_do_not(self):
        portal = new_test_user(self.env, "pickup_portal", groups="base.group_portal")
        for user in (portal, self.user_internal):
            with self.assertRaises(AccessError):
                self.job.with_user(user).action_pick_up_parts()
            with self.assertRaises(AccessError):
                self.env["sercom.counter.pickup"].with_user(user).create(
                    {"fsm_order_id": self.job.id, "vendor_id": self.vendor.id, "slip": "A"}
                )

    def test_a_locked_order_leaves_the_billing_to_the_office(self):
        self.job.sale_id.locked = True
        self._pick_up(5)
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)
        self.assertIn("locked", self.job.purchase_order_ids.activity_ids.note)
