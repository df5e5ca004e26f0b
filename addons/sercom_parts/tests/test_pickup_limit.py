from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import PickupCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestPickupLimit(PickupCommon):
    """What a technician may spend at a counter by themselves; above it the office approves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pickup_limit = 50.0
        cls.truck = cls._give_truck()

    def _get_order(self, slip="A-100"):
        return self.job.purchase_order_ids.filtered(lambda order: order.counter_slip == slip)

    def _on_truck(self):
        return self.part.with_context(location=self.truck.id).qty_available

    def test_up_to_the_limit_nothing_is_asked(self):
        self.company.pickup_limit = 55.0
        self._pick_up(5)
        self.assertEqual(self._get_order().amount_total, 55.0)
        self.assertEqual((self._get_order().state, self._on_truck()), ("purchase", 5))

    def test_above_the_limit_the_order_waits(self):
        self._pick_up(5)
        order = self._get_order()
        self.assertEqual((order.state, order.order_line.product_qty), ("to approve", 5))
        self.assertFalse(order.picking_ids)
        self.assertEqual(self._on_truck(), 0)
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2, "sold once it is approved")

    def test_the_technician_reads_what_happens(self):
        self._pick_up(1)
        notice = self._record(5, "A-101")
        self.assertEqual(notice["type"], "warning")
        self.assertIn("A-101", notice["message"])
        self.assertIn("50.00", notice["message"])
        self.assertIn(self.company._get_purchase_approver().name, notice["message"])
        self.assertNotIn("55", notice["message"], "the cost is the office's to see")
        self.assertTrue(notice["sticky"])
        log = self.job.with_user(self.user_technician).message_ids[:1].body
        self.assertIn("waits for approval", log)

    def _record(self, quantity, slip):
        """Record a pick-up and answer the notice that the technician reads."""
        Wizard = self.env["sercom.counter.pickup"].with_user(self.user_technician)
        line = Command.create({"product_id": self.part.id, "quantity": quantity})
        pickup = Wizard.create(
            {
                "fsm_order_id": self.job.id,
                "vendor_id": self.vendor.id,
                "slip": slip,
                "line_ids": [line],
            }
        )
        return pickup.action_record()["params"]

    def test_who_may_approve_is_told(self):
        self._pick_up(5)
        self.assertEqual(self._get_order().user_id, self.user_buyer)
        told = self._get_order().activity_ids.user_id
        self.assertTrue(told.has_group("purchase.group_purchase_manager"), told.name)
        self.assertIn("Approve", self._get_order().activity_ids.summary)
        self.user_buyer.group_ids |= self.env.ref("purchase.group_purchase_manager")
        self._pick_up(5, slip="A-101")
        self.assertEqual(self._get_order("A-101").activity_ids.user_id, self.user_buyer)

    def test_approval_receives_it_into_the_truck(self):
        self._pick_up(5)
        order = self._get_order()
        order.with_user(self.user_manager).button_approve()
        self.assertEqual((order.state, order.receipt_status), ("purchase", "full"))
        self.assertEqual(self._on_truck(), 5)
        self.assertEqual(self.job.part_line_ids.move_ids.move_line_ids.location_id, self.truck)

    def test_approval_sells_what_was_picked_up(self):
        self._pick_up(1_000_000)
        line = self.job.part_line_ids
        self.assertEqual(line.product_uom_qty, 2)
        order = self._get_order()
        order.order_line.product_qty = 5  # a slip of the finger, put right
        order.with_user(self.user_manager).button_approve()
        self.assertEqual((line.product_uom_qty, self.job.part_line_ids), (5, line))
        self.assertEqual(order.order_line.sale_line_id, line)

    def test_approval_sells_a_part_that_the_job_had_not(self):
        elbow = self._create_part(name="Elbow", price=60.0)
        self._pick_up(3, part=elbow)
        self.assertNotIn(elbow, self.job.part_line_ids.product_id)
        order = self._get_order()
        order.with_user(self.user_manager).button_approve()
        line = self.job.part_line_ids.filtered(lambda line: line.product_id == elbow)
        self.assertEqual(line.product_uom_qty, 3)
        self.assertEqual(order.order_line.sale_line_id, line)
        self.assertEqual(line.move_ids.move_line_ids.location_id, self.truck)

    def test_what_is_refused_is_not_sold(self):
        self._pick_up(5)
        self._get_order().button_cancel()
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)

    def test_what_is_approved_of_a_cancelled_job_is_not_sold(self):
        self._pick_up(5)
        order = self._get_order()
        self.job.with_user(self.user_manager).action_cancel()
        order.with_user(self.user_manager).button_approve()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)

    def test_approval_tells_of_a_locked_order(self):
        self._pick_up(5)
        self.job.sale_id.action_lock()
        order = self._get_order()
        order.with_user(self.user_manager).button_approve()
        self.assertEqual(self.job.part_line_ids.product_uom_qty, 2)
        notes = " ".join(order.activity_ids.mapped("note"))
        self.assertIn(f"{self.job.sale_id.name} is locked", notes)

    def test_odoos_own_approval_applies(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1.0})
        self._pick_up(5)
        order = self._get_order()
        order.with_user(self.user_buyer).button_approve()
        self.assertEqual(order.state, "to approve")
        self.assertFalse(order.picking_ids)

    def test_the_persons_own_limit_wins(self):
        self.employee.write({"has_pickup_limit": True, "pickup_limit": 100.0})
        self._pick_up(5)
        self.assertEqual(self._get_order().state, "purchase")
        self.employee.pickup_limit = 0.0
        self._pick_up(1, slip="A-101")
        self.assertEqual(self._get_order("A-101").state, "to approve")
        self.employee.has_pickup_limit = False
        with freeze_time("2026-11-03 12:00:00"):
            self._pick_up(1, slip="A-102")
        self.assertEqual(self._get_order("A-102").state, "purchase")

    def test_many_small_slips_are_one_day(self):
        """44 of 50 are spent: what does not fit waits, what fits passes, and so on tomorrow."""
        self._pick_up(2)
        self._pick_up(2, slip="A-101")
        self._pick_up(1, slip="A-102")
        self._pick_up(0.5, slip="A-103")
        states = [self._get_order(f"A-10{n}").state for n in range(4)]
        self.assertEqual(states, ["purchase", "purchase", "to approve", "purchase"])
        with freeze_time("2026-11-03 12:00:00"):
            self._pick_up(4, slip="A-104")
        self.assertEqual(self._get_order("A-104").state, "purchase")

    def test_what_others_approved_or_cancelled_is_not_spent(self):
        self._pick_up(5)
        self._get_order().with_user(self.user_manager).button_approve()
        self._pick_up(4, slip="A-101")
        self.assertEqual(self._get_order("A-101").state, "purchase")
        self.env["purchase.order"].browse(self._get_order("A-101").id).state = "cancel"
        self._pick_up(4, slip="A-102")
        self.assertEqual(self._get_order("A-102").state, "purchase")

    def test_a_day_is_the_companys(self):
        self.company.partner_id.tz = "America/Toronto"
        for moment, slip, state in (
            ("2026-11-03 04:30:00", "A-100", "purchase"),  # 23:30 on the 2nd
            ("2026-11-03 05:30:00", "A-101", "purchase"),
            ("2026-11-03 23:30:00", "A-102", "to approve"),
            ("2026-11-04 04:30:00", "A-103", "to approve"),
        ):
            self.user_technician.tz = "Asia/Tokyo"
            with freeze_time(moment):
                self._pick_up(4, slip=slip)
            self.assertEqual(self._get_order(slip).state, state, slip)

    def test_a_day_is_one_persons(self):
        other = self._create_user("other", "fieldservice.group_fsm_user_own")
        self.job.person_ids |= self.env["fsm.person"].create({"partner_id": other.partner_id.id})
        self._pick_up(4)
        self._pick_up(4, slip="A-101", user=other)
        self.assertEqual(self._get_order("A-101").state, "purchase")

    def test_in_the_companys_currency(self):
        self._price_in_euros({"2026-01-01": 0.5})
        self._pick_up(2)  # 22 euros are 44 of the company's
        self.assertEqual(self._get_order().state, "purchase")
        self._pick_up(3, slip="A-101")
        self.assertEqual(self._get_order("A-101").state, "to approve")

    def test_a_part_without_price_counts_as_it_is_sold(self):
        unknown = self._create_part(name="Unpriced", standard_price=0.0, seller_ids=False)
        self._pick_up(1, part=unknown)
        self.assertEqual(self._get_order().state, "purchase")
        self._pick_up(2, slip="A-101", part=unknown)
        self.assertEqual(self._get_order("A-101").state, "to approve")

    def test_taxes_count(self):
        tax = self.env["account.tax"].create(
            {"name": "Buying", "type_tax_use": "purchase", "amount": 15.0}
        )
        self.part.supplier_taxes_id = tax
        self._pick_up(4)
        self.assertEqual(self._get_order().state, "to approve")

    def test_buyers_have_odoos_rule(self):
        self._pick_up(5, user=self.user_buyer)
        self.assertEqual(self._get_order().state, "purchase")
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 60})
        self._pick_up(6, slip="A-101", user=self.user_buyer)
        self.assertEqual(self._get_order("A-101").state, "to approve")

    def test_a_slip_sent_twice_waits_once(self):
        self._record(5, "A-100")
        notice = self._record(5, "A-100")
        self.assertEqual(notice["type"], "warning")
        self.assertEqual(len(self._get_order()), 1)
        self.assertEqual(len(self._get_order().activity_ids), 1)

    def test_who_sets_the_limits(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.user_technician).pickup_limit = 1000.0
        with self.assertRaises(AccessError):
            self.employee.with_user(self.user_technician).write(
                {"has_pickup_limit": True, "pickup_limit": 1000.0}
            )
        settings = self.env["res.config.settings"].create({})
        with Form(settings, "sercom_jobs.res_config_settings_view_form") as form:
            form.pickup_limit = 75.0
        settings.execute()
        self.assertEqual(self.company.pickup_limit, 75.0)

    def test_an_own_limit_on_the_employees_form(self):
        with Form(self.employee) as form:
            form.has_pickup_limit = True
            form.pickup_limit = 20.0
        self.assertEqual(self.employee._get_pickup_limit(), 20.0)
        self.assertEqual(
            self.env["res.company"].create({"name": "Firm"}).pickup_limit, 500.0, "by default"
        )
