from datetime import timedelta
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDayParts(ClockCommon):
    """What the phone shows of parts, and sends about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _use(self, job, quantity, kind="part"):
        action = {
            "uuid": str(uuid4()),
            "kind": kind,
            "job_id": job.id,
            "product_id": self.product_part.id,
            "quantity": quantity,
        }
        return self.day.sync([action])["results"][0]

    def test_parts_of_the_job_without_price_and_cost(self):
        self.product_part.standard_price = 12345.0
        self.product_part.list_price = 54321.0
        self.job.sale_line_ids.price_unit = 54321.0
        job = self.day.get_job(self.job.id)
        self.assertEqual(
            [(part["name"], part["quantity"]) for part in job["parts"]], [("Valve", 2.0)]
        )
        answer = repr((job, self.day.find_parts(self.job.id, "Valve")))
        for word in ("12345", "54321", "price", "cost", "margin", "amount"):
            self.assertNotIn(word, answer)

    def test_planned_part_says_which_number_it_asks_for(self):
        """Also where none of it is in the truck."""
        self.assertEqual(self.day.get_job(self.job.id)["parts"][0]["tracking"], "none")
        self.product_part.write({"is_storable": True, "tracking": "serial"})
        self.assertEqual(self.day.get_job(self.job.id)["parts"][0]["tracking"], "serial")

    def test_what_is_no_quantity_is_refused_and_changes_nothing(self):
        """Nor is it none: what was used before does not go back to the truck."""
        self.assertEqual(self._use(self.job, 3.0)["status"], "done")
        lines = self.job.sale_line_ids
        before = lines.read(["product_uom_qty", "qty_delivered"])
        for kind in ("part", "part_add"):
            for quantity in (1e30, 1e300, -1e30, float("nan"), "1e30", "many", None, [2]):
                with self.subTest(kind=kind, quantity=quantity):
                    result = self._use(self.job, quantity, kind)
                    self.assertEqual(result["status"], "refused")
                    self.assertIn("is no quantity of Valve", result["message"])
                    self.assertEqual(self.job.sale_line_ids, lines)
                    self.assertEqual(lines.read(["product_uom_qty", "qty_delivered"]), before)
                    used = self.job._get_used_parts(self.product_part)
                    self.assertEqual(used, {self.product_part: 3.0})

    def test_queries_do_not_grow(self):
        jobs = self.job
        for number in range(4):
            job = self._create_billable_job(location_id=self._create_site(name=f"S{number}").id)
            self._assign(job, start=self.start + timedelta(days=number + 1))
            jobs |= job
        counts = [self._count_queries(some.ids) for some in (jobs[:1], jobs)]
        self.assertEqual(counts[0], counts[1])

    def _count_queries(self, ids):
        self.day.get_jobs(ids)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.day.get_jobs(ids)
        return self.env.cr.sql_log_count - before

    def test_part_used(self):
        result = self._use(self.job, 3.0)
        self.assertEqual(result["status"], "done", result)
        line = self.job.part_line_ids
        self.assertEqual((line.product_uom_qty, line.qty_delivered), (3.0, 3.0))

    def _add(self, product, quantity, **vals):
        action = {"uuid": str(uuid4()), "kind": "part_add", "job_id": self.job.id}
        action |= {"product_id": product.id, "quantity": quantity, **vals}
        return self.day.sync([action])["results"][0]

    def test_part_added_to_what_the_job_has_used(self):
        """Two phones, each of which knows nothing of the other: both count."""
        for quantity in (1.0, 2.0):
            result = self._add(self.product_part, quantity)
            self.assertEqual(result["status"], "done", result)
        self.assertEqual(sum(self.job.part_line_ids.mapped("qty_delivered")), 3.0)
        used = self.day.get_job(self.job.id)["parts_used"]
        self.assertEqual([(part["name"], part["quantity"]) for part in used], [("Valve", 3.0)])
        self.assertEqual(self._add(self.product_part, 0)["status"], "refused")
        self.assertEqual(self._add(self.product_part, -1)["status"], "refused")

    def test_serial_number_used_once(self):
        self.worker.action_create_truck()
        truck = self.worker.truck_location_id
        vals = {"name": "Heater", "type": "consu", "is_storable": True, "tracking": "serial"}
        heater = self.env["product.product"].create(vals)
        lot = self.env["stock.lot"].create({"name": "SN-1", "product_id": heater.id})
        self.env["stock.quant"]._update_available_quantity(heater, truck, 1, lot_id=lot)
        found = self.day.find_parts(self.job.id, "Heater")
        self.assertEqual([lot["name"] for lot in found[0]["lots"]], ["SN-1"])
        self.assertEqual(self._add(heater, 1, lot_name="SN-1")["status"], "done")
        used = self.day.get_job(self.job.id)["parts_used"]
        self.assertEqual(used[-1]["lots"], [{"name": "SN-1", "quantity": 1.0}])
        self.assertEqual(used[-1]["tracking"], "serial")
        self.assertEqual(self.day.find_parts(self.job.id, "Heater")[0]["lots"], [])
        later = self._create_job()
        self._assign(later, start=self.start + timedelta(days=1))
        (piece,) = self.day.get_job(later.id)["equipment"]
        self.assertEqual((piece["name"], piece["serial"]), ("Heater", "SN-1"))
        again = self._add(heater, 1, lot_name="SN-1")
        self.assertEqual(again["status"], "refused")
        self.assertEqual(self._use_lot(heater, 0, "SN-1")["status"], "done")
        self.assertFalse(self.day.get_job(self.job.id)["parts_used"])
        self.assertFalse(self.day.get_job(later.id)["equipment"])  # it is not there any more

    def _use_lot(self, product, quantity, lot_name):
        action = {"uuid": str(uuid4()), "kind": "part", "job_id": self.job.id}
        action |= {"product_id": product.id, "quantity": quantity, "lot_name": lot_name}
        return self.day.sync([action])["results"][0]

    def test_part_of_somebody_elses_job(self):
        other = self._create_job()
        self._assign(other, self.anne)
        self.assertEqual(self._use(other, 1.0)["status"], "refused")
        with self.assertRaises(AccessError):
            self.day.find_parts(other.id)

    def _accept_late_parts(self):
        """A dispatcher accepts parts that were used before the phone knew better."""
        actions = [
            {"uuid": str(uuid4()), "kind": kind, "job_id": self.job.id, "quantity": quantity}
            | {"product_id": self.product_part.id}
            for kind, quantity in (("part_add", 1.0), ("part", 3.0))
        ]
        for result in self.day.sync(actions)["results"]:
            self.assertEqual((result["status"], result.get("is_proposed")), ("refused", True))
        uuids = [action["uuid"] for action in actions]
        rows = self.env["sercom.phone.action"].search([("uuid", "in", uuids)], order="id")
        rows.with_user(self.user_dispatcher).action_accept()
        self.assertEqual(rows.mapped("state"), ["done", "done"])

    def test_late_parts_of_a_job_completed_meanwhile(self):
        self.job.action_complete()
        self._accept_late_parts()
        self.assertEqual(sum(self.job.part_line_ids.mapped("qty_delivered")), 3.0)

    def test_late_parts_of_a_job_of_somebody_else(self):
        self.job.assignment_ids.employee_id = self.anne
        self._accept_late_parts()
        self.assertEqual(sum(self.job.part_line_ids.mapped("qty_delivered")), 3.0)

    def test_late_parts_of_a_cancelled_job(self):
        """Nothing is sold on it: they wait, and the office reads what to do."""
        self.job.action_cancel()
        with self.assertRaisesRegex(UserError, "is cancelled.*eopen"):
            self._accept_late_parts()
