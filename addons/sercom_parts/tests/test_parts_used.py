from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestPartsUsed(SercomPartsCommon):
    """Parts used on site: out of the truck, onto the line, delivered once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.truck = cls._give_truck()
        cls.job = cls._create_job(person_id=cls.worker.id, scheduled_date_start=cls.start)
        cls.own = cls.job.with_user(cls.user_technician)
        cls.serial = cls._create_part(name="Heater", tracking="serial")
        cls.lot_part = cls._create_part(name="Glue", tracking="lot")

    def _on_hand(self, location, part=None, lot=None):
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (part or self.part).id),
                ("location_id", "child_of", location.id),
                *([("lot_id", "=", lot.id)] if lot else []),
            ]
        )
        return sum(quants.mapped("quantity"))

    def _lot(self, name, part, location=None, quantity=1.0):
        lot = self.env["stock.lot"].create({"name": name, "product_id": part.id})
        if location:
            self.env["stock.quant"]._update_available_quantity(part, location, quantity, lot_id=lot)
        return lot

    def _open_moves(self, job=None):
        moves = (job or self.job).part_line_ids.move_ids
        return moves.filtered(lambda move: move.state not in ("done", "cancel"))

    def test_unplanned_part_comes_from_the_truck(self):
        self._put(5, self.truck)
        answer = self.own.action_use_part(self.part.id, 2)
        self.assertEqual(answer["quantity"], 2)
        self.assertEqual(answer["truck_quantity"], 3)
        line = self.job.part_line_ids
        self.assertRecordValues(line, [{"product_uom_qty": 2, "qty_delivered": 2}])
        self.assertEqual(self._on_hand(self.truck), 3)
        self.assertFalse(self._open_moves())
        self.assertEqual(line.move_ids.picking_id.state, "done")
        self.assertEqual(line.move_ids.picking_id.sale_id, self.job.sale_id)

    def test_what_is_no_quantity_is_refused(self):
        for quantity in (float("nan"), float("inf"), 1e300, "2", True):
            with self.assertRaisesRegex(UserError, "no quantity"), self.cr.savepoint():
                self.own.action_use_part(self.part.id, quantity)
        self.assertFalse(self._open_moves())

    def test_the_same_call_again_changes_nothing(self):
        self._put(5, self.truck)
        self.own.action_use_part(self.part.id, 2)
        self.own.action_use_part(self.part.id, 2)
        self.assertEqual(self._on_hand(self.truck), 3)
        self.assertEqual(len(self.job.part_line_ids.move_ids), 1)

    def test_a_planned_part_is_delivered_once(self):
        self._put(5, self.truck)
        line = self._add_part(self.job, 3)
        self.own.action_use_part(self.part.id, 2)
        self.assertRecordValues(
            line, [{"product_uom_qty": 3, "qty_delivered": 2, "qty_added_on_site": 0}]
        )
        self.assertEqual(sum(self._open_moves().mapped("product_qty")), 1)
        self.assertEqual(self._on_hand(self.truck), 3)
        self.own.action_use_part(self.part.id, 4)
        self.assertRecordValues(
            line, [{"product_uom_qty": 4, "qty_delivered": 4, "qty_added_on_site": 1}]
        )
        self.assertFalse(self._open_moves())
        self.assertEqual(self._on_hand(self.truck), 1)

    def test_what_the_warehouse_handed_over_is_not_taken_again(self):
        self._put(5)
        self._put(5, self.truck)
        self.job.person_id = False
        self._add_part(self.job, 2)
        self._deliver(self.job)
        self.job.person_id = self.worker
        self.own.action_use_part(self.part.id, 2)
        self.assertEqual(self._on_hand(self.truck), 5)
        self.assertEqual(self.job.part_line_ids.qty_delivered, 2)

    def test_truck_first_then_warehouse_then_below_zero(self):
        self._put(1, self.truck)
        self._put(1)
        self.own.action_use_part(self.part.id, 3)
        self.assertEqual(self._on_hand(self.truck), -1)
        self.assertEqual(self._on_hand(self.shelf), -1)  # the truck stands in it
        self.assertEqual(self.job.part_line_ids.qty_delivered, 3)

    def test_nobody_elses_truck(self):
        other = self.env["hr.employee"].create({"name": "Zoé"})._get_fsm_persons()
        worker = next(iter(other.values()))
        truck = self._give_truck(worker)
        self._put(5, truck)
        self.own.action_use_part(self.part.id, 1)
        self.assertEqual(self._on_hand(truck), 5)

    def test_given_back(self):
        self._put(5, self.truck)
        line = self._add_part(self.job, 2)
        self.own.action_use_part(self.part.id, 3)
        self.own.action_use_part(self.part.id, 1)
        self.assertEqual(self._on_hand(self.truck), 4)
        self.assertRecordValues(
            line, [{"product_uom_qty": 2, "qty_delivered": 1, "qty_added_on_site": 0}]
        )
        self.assertEqual(sum(self._open_moves().mapped("product_qty")), 1)
        self.own.action_use_part(self.part.id, 0)
        self.assertEqual(self._on_hand(self.truck), 5)
        self.assertEqual(line.qty_delivered, 0)
        self.own.action_use_part(self.part.id, 2)
        self.assertRecordValues(line, [{"product_uom_qty": 2, "qty_delivered": 2}])
        self.assertFalse(self._open_moves())

    def test_sold_by_the_dozen_used_by_the_piece(self):
        self._put(20, self.truck)
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._add_part(self.job, 1, product_uom_id=dozen.id)
        self.own.action_use_part(self.part.id, 3)
        self.assertEqual(self._on_hand(self.truck), 17)
        self.assertRecordValues(line, [{"product_uom_qty": 1, "qty_delivered": 0.25}])
        answer = self.own.action_use_part(self.part.id, 18)
        self.assertRecordValues(line, [{"product_uom_qty": 1.5, "qty_delivered": 1.5}])
        self.assertEqual((answer["quantity"], answer["sold_quantity"]), (18, 18))
        self.own.action_use_part(self.part.id, 12)
        self.assertRecordValues(line, [{"product_uom_qty": 1, "qty_delivered": 1}])

    def test_a_warehouse_that_picks_then_ships(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._put(5, self.truck)
        self._put(5)
        line = self._add_part(self.job, 2)
        self.own.action_use_part(self.part.id, 1)
        self.assertEqual(line.qty_delivered, 1)
        self.assertEqual(self._on_hand(self.truck), 4)
        self.assertEqual(sum(self._open_moves().mapped("product_qty")), 1)
        self.own.action_use_part(self.part.id, 3)
        self.assertRecordValues(line, [{"product_uom_qty": 3, "qty_delivered": 3}])
        self.assertFalse(self._open_moves())
        self.own.action_use_part(self.part.id, 2)
        self.assertRecordValues(line, [{"product_uom_qty": 2, "qty_delivered": 2}])
        self.assertFalse(self._open_moves())

    def test_a_part_that_is_not_kept_in_stock(self):
        self.own.action_use_part(self.product_part.id, 2)
        line = self.job.part_line_ids
        self.assertRecordValues(line, [{"product_uom_qty": 2, "qty_delivered": 2}])
        self.own.action_use_part(self.product_part.id, 1)
        self.assertRecordValues(line, [{"product_uom_qty": 1, "qty_delivered": 1}])

    def test_without_a_truck_from_the_warehouse(self):
        self.worker.truck_location_id = False
        self._put(5)
        self.own.action_use_part(self.part.id, 2)
        self.assertEqual(self._on_hand(self.shelf), 3)

    def test_a_colleague_uses_their_own_truck(self):
        user = self._create_user("sercom_colleague", "fieldservice.group_fsm_user_own")
        employee = self.env["hr.employee"].create({"name": "Zoé Roy", "user_id": user.id})
        worker = employee._get_fsm_persons()[employee]
        truck = self._give_truck(worker)
        self._put(5, truck)
        self._put(5, self.truck)
        self.job.person_ids = worker
        self.job.with_user(user).action_use_part(self.part.id, 2)
        self.assertEqual((self._on_hand(truck), self._on_hand(self.truck)), (3, 5))

    def test_what_is_invoiced_is_not_given_back(self):
        self.part.invoice_policy = "delivery"
        self._put(5, self.truck)
        self.own.action_use_part(self.part.id, 2)
        self.job.action_convert_to_invoice()
        with self.assertRaisesRegex(UserError, "is invoiced"):
            self.own.action_use_part(self.part.id, 1)
        self.own.action_use_part(self.part.id, 3)

    def test_serial_number(self):
        lot = self._lot("SN-1", self.serial, self.truck)
        with self.assertRaisesRegex(UserError, "Scan or type"):
            self.own.action_use_part(self.serial.id, 1)
        with self.assertRaisesRegex(UserError, "There is no “SN-9” of Heater"):
            self.own.action_use_part(self.serial.id, 1, "SN-9")
        with self.assertRaisesRegex(UserError, "use it once"):
            self.own.action_use_part(self.serial.id, 2, "SN-1")
        self._lot("SN-2", self.serial, self.shelf)
        with self.assertRaisesRegex(UserError, "“SN-2” of Heater is not in .*Truck of .*, but in"):
            self.own.action_use_part(self.serial.id, 1, "SN-2")
        self.own.action_use_part(self.serial.id, 1, "SN-1")
        self.assertEqual(self.job.part_line_ids.move_ids.move_line_ids.lot_id, lot)
        self.assertEqual(self._on_hand(self.truck, self.serial), 0)
        self.own.action_use_part(self.serial.id, 1, "SN-1")
        self.assertEqual(self.job.part_line_ids.qty_delivered, 1)
        other = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        with self.assertRaisesRegex(UserError, f"already used on {self.job.name}"):
            other.action_use_part(self.serial.id, 1, "SN-1")
        self.own.action_use_part(self.serial.id, 0, "SN-1")
        self.assertEqual(self._on_hand(self.truck, self.serial, lot), 1)
        other.action_use_part(self.serial.id, 1, "SN-1")

    def test_two_serial_numbers_are_two(self):
        self._lot("SN-1", self.serial, self.truck)
        self._lot("SN-2", self.serial, self.truck)
        self.own.action_use_part(self.serial.id, 1, "SN-1")
        answer = self.own.action_use_part(self.serial.id, 1, "SN-2")
        self.assertEqual(answer["quantity"], 2)
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)

    def test_lot(self):
        lot = self._lot("L-1", self.lot_part, self.truck, 4)
        with self.assertRaisesRegex(UserError, "Only 4.0 of lot “L-1” of Glue"):
            self.own.action_use_part(self.lot_part.id, 5, "L-1")
        self.own.action_use_part(self.lot_part.id, 3, "L-1")
        self.assertEqual(self._on_hand(self.truck, self.lot_part, lot), 1)

    def test_who_may(self):
        other = self._create_job().with_user(self.user_technician)
        with self.assertRaises(AccessError):
            other.action_use_part(self.part.id, 1)
        with self.assertRaisesRegex(UserError, "not a part that we sell"):
            self.own.action_use_part(self.product_hour.id, 1)
        with self.assertRaisesRegex(UserError, "type how many"):
            self.own.action_use_part(self.part.id, -1)
        self.job.action_complete()
        with self.assertRaisesRegex(UserError, "no longer be changed"):
            self.own.action_use_part(self.part.id, 1)

    def test_find_part(self):
        self.part.write({"barcode": "0123456", "default_code": "BV-1"})
        self._put(3, self.truck)
        self._lot("SN-1", self.serial, self.truck)
        for text in ("0123456", "BV-1", "bv", "ball"):
            found = self.own.find_part(text)
            self.assertEqual([item["id"] for item in found], [self.part.id], text)
        self.assertEqual(found[0]["truck_quantity"], 3)
        for text in ("valve ball", "bv-1 valve"):
            found_by_words = self.own.find_part(text)
            self.assertEqual([item["id"] for item in found_by_words], [self.part.id], text)
        self.assertEqual(self.own.find_part("SN-1")[0]["lot_name"], "SN-1")
        self.assertEqual(
            {item["id"] for item in self.own.find_part("")}, {self.part.id, self.serial.id}
        )
        self.assertFalse(self.own.find_part("no such part"))
        self.assertNotIn("10.0", str(found))  # its cost

    def test_find_part_costs_the_same_for_many(self):
        self._create_part(name="Elbow 1")
        self._put(1, self.truck, self._create_part(name="Elbow 2"))
        self.own.find_part("elbow")  # warms the caches
        few = self._get_queries(self.own.find_part, "elbow")
        for number in range(10):
            self._put(1, self.truck, self._create_part(name=f"Elbow 2 {number}"))
        self.own.find_part("elbow")  # a new product clears caches of Odoo
        many = self._get_queries(self.own.find_part, "elbow")
        self.assertEqual(many, few)
