from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import PickupCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestPartsAccess(PickupCommon):
    """Fields of the add-on that a role may not write, by the screens or past them."""

    def _refuse(self, records, user, **vals):
        for name, value in vals.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                records.with_user(user).write({name: value})

    def test_links_of_a_purchase_order_are_made_by_sercom(self):
        self._pick_up()
        order = self.job.purchase_order_ids
        other = self._create_part_job(1)
        self._refuse(
            order,
            self.user_buyer,
            counter_slip="B-1",
            service_file_id=other.service_file_id.id,
        )
        for context in ({}, {"default_counter_slip": "B-1"}):
            vals = {"partner_id": self.vendor.id}
            if not context:
                vals["counter_slip"] = "B-1"
            Order = self.env["purchase.order"].with_user(self.user_buyer)
            with self.subTest(context=context), self.assertRaises(AccessError):
                Order.with_context(**context).create(vals)

    def test_a_buyer_says_which_job_it_is_for(self):
        order = self.env["purchase.order"].with_user(self.user_buyer)
        order = order.create(
            {
                "partner_id": self.vendor.id,
                "order_line": [Command.create({"product_id": self.part.id, "product_qty": 1})],
            }
        )
        order.fsm_order_id = self.job
        self.assertEqual(order.order_line.fsm_order_id, self.job)
        order.order_line.fsm_order_id = False
        self.assertFalse(order.order_line.fsm_order_id)

    def test_the_dialogs_notes_are_not_typed(self):
        dialog = self._open(self.job)
        other = self._create_part_job(1)
        self._refuse(dialog, self.user_buyer, is_sent=True, fsm_order_id=other.id)
        self._refuse(
            dialog.line_ids,
            self.user_buyer,
            quantity_missing=9.0,
            quantity_on_order=9.0,
            sale_line_id=False,
        )
        dialog.line_ids.write({"quantity": 3.0, "is_chosen": True, "vendor_id": self.vendor.id})

    def test_a_pickup_stays_on_its_job(self):
        pickup = self._pick_up()
        later = self.start + timedelta(hours=2)
        other = self._create_part_job(1, person_id=self.worker.id, scheduled_date_start=later)
        self._refuse(pickup, self.user_technician, fsm_order_id=other.id)

    def test_dialogs_are_their_own_persons(self):
        pickup, dialog = self._pick_up(), self._open(self.job)
        second = self._create_user("second", "fieldservice.group_fsm_dispatcher")
        for records in (pickup, pickup.line_ids, dialog, dialog.line_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(second).read(["display_name"])
            self.assertFalse(records.with_user(second).search([("id", "in", records.ids)]))

    def test_no_context_opens_a_colleagues_truck(self):
        colleague = self.env["fsm.person"].create({"name": "Colleague"})
        truck = self._give_truck(colleague)
        self._put(5, truck)
        forged = self.job.with_context(own_truck=truck.id)
        forged._reserve_parts_again()
        self.assertFalse(forged.part_line_ids.move_ids.move_line_ids)
        quants = self.env["stock.quant"].with_context(own_truck=truck.id)
        self.assertEqual(quants._get_available_quantity(self.part, self.shelf), 0)
