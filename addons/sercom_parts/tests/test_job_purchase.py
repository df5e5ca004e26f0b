from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import SercomPartsCommon

TODAY = "2026-11-02 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestJobPurchase(SercomPartsCommon):
    """Missing parts are ordered from the job, once."""

    # Ordering

    def test_missing_parts_are_chosen(self):
        self._put(1)
        job = self._create_part_job(3)
        self._add_part(job, 2, self._create_part(name="In stock", is_storable=False))
        lines = self._open(job).line_ids
        self.assertRecordValues(
            lines,
            [
                {
                    "is_chosen": True,
                    "quantity": 2.0,
                    "vendor_id": self.vendor.id,
                    "price_unit": 11.0,
                },
                {
                    "is_chosen": False,
                    "quantity": 2.0,
                    "vendor_id": self.vendor.id,
                    "price_unit": 0.0,
                },
            ],
        )

    def test_one_draft_order_per_vendor(self):
        other = self.env["res.partner"].create({"name": "Other vendor"})
        job = self._create_part_job(2)
        self._add_part(job, 1, self._create_part(name="Pipe", price=5.0, vendor=other))
        action = self._order(job)
        orders = job.purchase_order_ids
        self.assertEqual(orders.partner_id, self.vendor | other)
        self.assertEqual(set(orders.mapped("state")), {"draft"})
        self.assertEqual(action["domain"], [("id", "in", orders.ids)])
        order = orders.filtered(lambda order: order.partner_id == self.vendor)
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "product_id": self.part.id,
                    "product_qty": 2.0,
                    "price_unit": 11.0,
                    "fsm_order_id": job.id,
                    "sale_line_id": job.part_line_ids[0].id,
                }
            ],
        )
        self.assertEqual(order.service_file_id, job.service_file_id)
        self.assertEqual(order.origin, job.name)
        self.assertEqual(order.picking_type_id, self.warehouse.in_type_id)

    def test_ordering_twice_orders_nothing_twice(self):
        job = self._create_part_job(2)
        first, second = self._open(job), self._open(job)
        first.action_order()
        second.action_order()
        first.action_order()
        self.assertEqual(job.purchase_line_ids.product_qty, 2)
        self._order_without_choice(job)
        self.assertEqual(job.purchase_line_ids.product_qty, 2)

    def _order_without_choice(self, job):
        with self.assertRaisesRegex(UserError, "at least one part"):
            self._order(job)

    def test_a_double_click_on_a_chosen_part_orders_once(self):
        self._put(5)
        job = self._create_part_job(1)
        wizard = self._open(job)
        wizard.line_ids.write({"is_chosen": True, "quantity": 4})
        wizard.action_order()
        wizard.action_order()
        self.assertEqual(job.purchase_line_ids.product_qty, 4)

    def test_more_goes_on_the_open_draft(self):
        job = self._create_part_job(2)
        self._order(job)
        job.part_line_ids.product_uom_qty = 5
        pipe = self._create_part(name="Pipe", price=5.0)
        self._add_part(job, 1, pipe)
        self._order(job)
        self.assertEqual(len(job.purchase_order_ids), 1)
        lines = job.purchase_line_ids
        self.assertEqual(
            {line.product_id: line.product_qty for line in lines}, {self.part: 5, pipe: 1}
        )
        job.purchase_order_ids.button_confirm()
        job.part_line_ids[0].product_uom_qty = 6
        self._order(job)
        self.assertEqual(len(job.purchase_order_ids), 2)

    def test_two_jobs_have_two_orders(self):
        jobs = self._create_part_job(1) | self._create_part_job(1)
        for job in jobs:
            self._order(job)
        self.assertEqual(len(jobs.purchase_order_ids), 2)
        with self.assertRaises(UserError):
            jobs.purchase_order_ids.action_merge()

    def test_bought_in_the_vendors_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.part.seller_ids.write({"product_uom_id": dozen.id, "price": 100.0})
        job = self._create_part_job(14)
        self._order(job)
        line = job.purchase_line_ids
        self.assertEqual((line.product_uom_id, line.price_unit), (dozen, 100.0))
        self.assertGreaterEqual(line.product_uom_qty, 14)
        self.assertEqual(self._plan(job)["to_order"], 0)

    def test_the_vendors_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.vendor.with_company(self.company).property_purchase_currency_id = euro
        job = self._create_part_job(1)
        self._order(job)
        self.assertEqual(job.purchase_order_ids.currency_id, euro)

    def test_a_part_without_vendor_is_named(self):
        job = self._create_part_job(1, self._create_product(name="Orphan", is_storable=True))
        with self.assertRaisesRegex(UserError, "No vendor sells Orphan"):
            self._order(job)

    def test_quantities_are_positive(self):
        wizard = self._open(self._create_part_job(1))
        wizard.line_ids.quantity = -1
        with self.assertRaisesRegex(UserError, "Ball valve has no quantity"):
            wizard.action_order()

    def test_a_closed_job_orders_nothing(self):
        job = self._create_part_job(1)
        wizard = self._open(job)
        job.action_cancel()
        with self.assertRaisesRegex(UserError, "is closed"):
            wizard.action_order()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._open(job)

    def test_the_dialog_takes_other_parts(self):
        job = self._create_part_job(1)
        pipe = self._create_part(name="Pipe", price=5.0)
        with Form(self._open(job)) as form, form.line_ids.new() as line:
            line.product_id = pipe
            line.quantity = 3
            self.assertEqual((line.vendor_id, line.price_unit), (self.vendor, 5.0))
        form.record.action_order()
        self.assertIn(pipe, job.purchase_line_ids.product_id)

    # The list of short parts

    def test_order_from_the_list(self):
        jobs = self._create_part_job(2) | self._create_part_job(3)
        self.env.flush_all()
        parts = self.env["sercom.job.part"].with_user(self.user_buyer)
        parts = parts.search([("fsm_order_id", "in", jobs.ids)])
        parts.action_order()
        self.env.invalidate_all()
        parts.action_order()
        self.assertEqual([job.purchase_line_ids.product_qty for job in jobs], [2, 3])

    # Odoo's own routes

    def test_replenishing_the_shelf_leaves_the_jobs_order_alone(self):
        job = self._create_part_job(1)
        self._order(job)
        self.part.route_ids = self.env.ref("purchase_stock.route_warehouse0_buy")
        orderpoint = self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.part.id, "product_min_qty": 10, "product_max_qty": 10}
        )
        orderpoint.action_replenish()
        self.assertEqual(job.purchase_line_ids.product_qty, 1)
        shelf = self.env["purchase.order.line"].search(
            [("product_id", "=", self.part.id), ("fsm_order_id", "=", False)]
        )
        self.assertTrue(shelf)

    def test_what_odoo_orders_for_the_job_is_the_jobs(self):
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        self.part.route_ids = mto | self.env.ref("purchase_stock.route_warehouse0_buy")
        jobs = self._create_part_job(1) | self._create_part_job(2)
        self.assertEqual([job.purchase_line_ids.product_qty for job in jobs], [1, 2])
        self.assertEqual([self._plan(job)["to_order"] for job in jobs], [0, 0])

    # Receipt

    def test_state_follows_the_receipt(self):
        job = self._create_part_job(2)
        self.assertEqual(job.parts_state, "to_order")
        self._order(job)
        order = job.purchase_order_ids
        self.assertEqual(job.parts_state, "to_confirm")
        order.button_confirm()
        self.env.invalidate_all()
        self.assertEqual(job.parts_state, "ordered")
        self.assertEqual(job.parts_date_expected, order.order_line.date_planned)
        self.assertTrue(job.is_part_late)
        self._receive(order, 1)
        self.env.invalidate_all()
        self.assertEqual(job.parts_state, "partial")
        self._receive(order)
        self.env.invalidate_all()
        self.assertEqual((job.parts_state, job.parts_date_expected), ("received", False))
        self.assertEqual(self._plan(job)["short"], 0)

    def test_what_is_ordered_too_late_is_short_but_not_to_order(self):
        job = self._create_part_job(2)
        self._order(job)
        order = job.purchase_order_ids
        order.button_confirm()
        order.order_line.date_planned = self.start + timedelta(days=2)
        plan = self._plan(job)
        self.assertEqual((plan["on_order"], plan["short"], plan["to_order"]), (2, 2, 0))
        order.order_line.date_planned = self.start - timedelta(hours=2)
        plan = self._plan(job)
        self.assertEqual((plan["on_order"], plan["short"], plan["to_order"]), (2, 0, 0))

    # Links

    def test_linked_both_ways(self):
        job = self._create_part_job(1)
        self._order(job)
        order = job.purchase_order_ids
        self.assertEqual(job.purchase_order_count, 1)
        self.assertEqual(job.action_view_purchase_orders()["res_id"], order.id)
        self.assertEqual(order.action_view_fsm_orders()["res_id"], job.id)
        self.assertEqual(order.action_view_service_file()["res_id"], job.service_file_id.id)

    def test_on_the_time_line(self):
        job = self._create_part_job(1)
        self._order(job)
        file = job.service_file_id
        kinds = [entry["kind"] for entry in file.timeline]
        self.assertIn("purchase", kinds)
        self.env.invalidate_all()
        job.person_id = self.worker
        seen = file.with_user(self.user_technician).timeline
        self.assertNotIn("purchase", [entry["kind"] for entry in seen])

    # No longer needed

    def _activities(self, order):
        return order.activity_ids.filtered(lambda activity: activity.user_id == self.user_buyer)

    def test_cancelling_the_job_flags_its_orders(self):
        job = self._create_part_job(1)
        self._order(job)
        order = job.purchase_order_ids
        job.action_cancel()
        self.assertEqual(order.state, "draft")
        self.assertIn(job.name, self._activities(order).summary)

    def test_cancelling_the_order_flags_them_too(self):
        job = self._create_part_job(1)
        self._order(job)
        job.sale_id._action_cancel()
        self.assertEqual(len(self._activities(job.purchase_order_ids)), 1)

    def test_received_parts_are_not_flagged(self):
        job = self._create_part_job(1)
        self._order(job)
        self._receive(job.purchase_order_ids)
        job.action_cancel()
        self.assertFalse(self._activities(job.purchase_order_ids))

    def test_fewer_parts_needed_flags_the_order(self):
        job = self._create_part_job(3)
        self._order(job)
        job.part_line_ids.product_uom_qty = 4
        self.assertFalse(self._activities(job.purchase_order_ids))
        job.part_line_ids.product_uom_qty = 0
        self.assertIn("Fewer parts", self._activities(job.purchase_order_ids).summary)

    # Who may

    def test_a_dispatcher_asks(self):
        job = self._create_part_job(2)
        wizard = self._open(job, self.user_dispatcher)
        self.assertFalse(wizard.is_buyer)
        with self.assertRaisesRegex(AccessError, "Ask the buyer"):
            wizard.action_order()
        wizard.action_ask()
        wizard.action_ask()
        self.assertEqual(job.activity_ids.user_id, self.user_buyer)
        self.assertEqual(len(job.activity_ids), 1)
        self.assertIn("Ball valve", job.activity_ids.note)
        self.assertFalse(job.purchase_order_ids)

    def test_technicians_and_accountants_do_not_order(self):
        job = self._create_part_job(2, person_id=self.worker.id)
        for user in (self.user_technician, self.user_accountant, self.user_internal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._open(job, user)
        wizard = self._open(job)
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_technician).action_order()

    def test_the_portal_reads_nothing(self):
        job = self._create_part_job(1)
        self._order(job)
        portal = new_test_user(self.env, "purchase_portal", groups="base.group_portal")
        for records in (job, job.purchase_order_ids, job.purchase_line_ids):
            with self.assertRaises(AccessError):
                records.with_user(portal).read(["display_name"])

    # Companies

    def test_orders_are_of_the_jobs_company(self):
        other = self.env["res.company"].create({"name": "Other firm"})
        self.user_buyer.company_ids |= other
        self.part.seller_ids.company_id = False
        job = (
            self.env["fsm.order"]
            .with_company(other)
            .create({"location_id": self.site.id, "company_id": other.id})
        )
        self._add_part(job)
        self.env.flush_all()
        wizard = self.env["sercom.job.purchase"].with_user(self.user_buyer)
        action = (
            job.with_user(self.user_buyer)
            .with_context(allowed_company_ids=[self.company.id, other.id])
            .action_buy_parts()
        )
        wizard = wizard.with_context(allowed_company_ids=[self.company.id, other.id])
        wizard.browse(action["res_id"]).action_order()
        order = job.purchase_order_ids
        self.assertEqual((order.company_id, order.picking_type_id.company_id), (other, other))

    def test_buyer_opens_the_order(self):
        job = self._create_part_job(1)
        self._order(job)
        plain = self._create_user("plain_buyer", "purchase.group_purchase_user")
        for user in (self.user_buyer, self.user_manager, plain):
            with self.subTest(user.login), Form(job.purchase_order_ids.with_user(user)) as form:
                self.assertEqual(form.partner_id, self.vendor)

    def test_a_copy_is_bought_for_the_same_job(self):
        job = self._create_part_job(1)
        self._order(job)
        copy = job.purchase_order_ids.copy()
        self.assertEqual((copy.fsm_order_id, copy.order_line.fsm_order_id), (job, job))
        self.assertEqual(copy.service_file_id, job.service_file_id)
