from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..models.sale_order_line import PART_FIELDS
from .common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestJobParts(SercomPartsCommon):
    """What a job needs, where it is, and what will be missing."""

    def _figures(self, job, *keys):
        plan = self._plan(job)
        return tuple(plan[key] for key in keys)

    # Stock and truck

    def test_nothing_there_is_all_short(self):
        job = self._create_part_job(3)
        self.assertEqual(self._figures(job, "warehouse", "short", "to_order"), (0, 3, 3))
        self.assertEqual(job.parts_state, "to_order")

    def test_what_is_asked_of_vendors_for_no_job_is_not_asked_twice(self):
        job = self._create_part_job(5)
        self.env["purchase.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Vendor"}).id,
                "order_line": [
                    Command.create(
                        {"product_id": job.part_line_ids.product_id.id, "product_qty": 3.0}
                    )
                ],
            }
        )
        self.assertEqual(self._figures(job, "short", "to_order"), (5, 2))

    def test_on_the_shelf_is_enough(self):
        self._put(5)
        job = self._create_part_job(3)
        self.assertEqual(self._figures(job, "warehouse", "forecast", "short"), (5, 5, 0))
        self.assertEqual(self._plan(job)["source"], "warehouse")
        self.assertFalse(job.parts_state)

    def test_delivered_is_no_longer_needed(self):
        self._put(3)
        job = self._create_part_job(3)
        self._deliver(job)
        self.assertEqual(job.part_line_ids.qty_delivered, 3)
        self.assertEqual(self._figures(job, "warehouse", "short"), (0, 0))

    def test_truck_of_the_worker_first(self):
        truck = self._give_truck()
        self._put(1, truck)
        self._put(5)
        job = self._create_part_job(1, person_id=self.worker.id)
        self.assertEqual(self._figures(job, "truck", "warehouse", "source"), (1, 5, "truck"))
        more = self._create_part_job(
            3, person_id=self.worker.id, scheduled_date_start=self.start + timedelta(hours=2)
        )
        self.assertEqual(self._plan(more)["source"], "warehouse")

    def test_truck_and_warehouse_together(self):
        self._put(1, self._give_truck())
        self._put(1)
        job = self._create_part_job(2, person_id=self.worker.id)
        self.assertEqual(self._figures(job, "short", "source"), (0, "both"))

    def test_nobody_elses_truck(self):
        self._put(5, self._give_truck())
        job = self._create_part_job(1)
        self.assertEqual(self._figures(job, "truck", "warehouse", "short"), (0, 0, 1))

    def test_parts_are_reserved_in_the_workers_truck(self):
        truck = self._give_truck()
        self._put(1, truck)
        self._put(5)
        own = self._create_part_job(1, person_id=self.worker.id)
        other = self._create_part_job(1)
        self.assertEqual(own.part_line_ids.move_ids.move_line_ids.location_id, truck)
        self.assertEqual(other.part_line_ids.move_ids.move_line_ids.location_id, self.shelf)

    def test_trucks_cost_a_transfer_no_query(self):
        self._put(1)
        Quant = self.env["stock.quant"]
        Quant._gather(self.part, self.shelf)
        with self.assertQueryCount(1):
            Quant._gather(self.part, self.shelf)
        self._give_truck()
        Quant._gather(self.part, self.shelf)
        with self.assertQueryCount(1):
            Quant._gather(self.part, self.shelf)

    def test_a_truck_that_is_deleted_holds_up_no_transfer(self):
        yard = self.env["stock.location"].create({"name": "Yard", "location_id": self.shelf.id})
        truck = self._give_truck()
        truck.location_id = yard
        self._put(1)
        self.assertEqual(self.env["stock.location"]._get_trucks(), truck)
        (truck | yard).unlink()
        self.env.invalidate_all()
        self.assertFalse(self.env["stock.location"]._get_trucks())
        self.assertEqual(len(self.env["stock.quant"]._gather(self.part, self.shelf)), 1)

    def test_a_transfer_leaves_the_trucks_alone(self):
        self._put(5, self._give_truck())
        job = self._create_part_job(1)
        self.assertFalse(job.part_line_ids.move_ids.move_line_ids)

    def test_changing_the_worker_changes_the_truck(self):
        truck = self._give_truck()
        self._put(1, truck)
        self._put(1)
        job = self._create_part_job(1)
        move = job.part_line_ids.move_ids
        self.assertEqual(move.move_line_ids.location_id, self.shelf)
        job.person_id = self.worker
        self.assertEqual(move.move_line_ids.location_id, truck)
        job.person_id = False
        self.assertEqual(move.move_line_ids.location_id, self.shelf)

    # Time

    def test_the_earlier_job_gets_the_last_part(self):
        self._put(1)
        later = self._create_part_job(1, scheduled_date_start=self.start + timedelta(days=1))
        earlier = self._create_part_job(1)
        self.assertEqual(self._plan(earlier)["short"], 0)
        self.assertEqual(self._figures(later, "forecast", "short"), (0, 1))
        later.scheduled_date_start = self.start - timedelta(hours=3)
        self.assertEqual(self._plan(earlier)["short"], 1)
        self.assertEqual(self._plan(later)["short"], 0)

    def test_a_closed_job_takes_nothing(self):
        self._put(1)
        first = self._create_part_job(1)
        second = self._create_part_job(1, scheduled_date_start=self.start + timedelta(days=1))
        first.action_cancel()
        self.assertEqual(self._plan(second)["short"], 0)
        self.assertIsNone(self._plan(first))

    def test_a_receipt_counts_when_it_comes_in_time(self):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [Command.create({"product_id": self.part.id, "product_qty": 2})],
            }
        )
        order.order_line.date_planned = self.start - timedelta(hours=1)
        job = self._create_part_job(2)
        self.assertEqual(self._plan(job)["short"], 2, "a draft is no promise")
        order.button_confirm()
        self.assertEqual(self._figures(job, "forecast", "short"), (2, 0))
        order.order_line.date_planned = self.start + timedelta(hours=1)
        self.assertEqual(self._plan(job)["short"], 2)

    def test_an_ordinary_sale_before_takes_its_part(self):
        self._put(1)
        sale = self.env["sale.order"].create(
            {"partner_id": self.client_partner.id, "order_line": [self._line(self.part)]}
        )
        sale.action_confirm()
        sale.order_line.move_ids.date = self.start - timedelta(days=1)
        job = self._create_part_job(1)
        self.assertEqual(self._plan(job)["short"], 1)
        sale.order_line.move_ids.date = self.start + timedelta(days=1)
        self.assertEqual(self._plan(job)["short"], 0)

    def test_an_unplanned_job_comes_last(self):
        self._put(1)
        unplanned = self._create_part_job(1, scheduled_date_start=False)
        planned = self._create_part_job(1)
        self.assertEqual((self._plan(planned)["short"], self._plan(unplanned)["short"]), (0, 1))

    # Units

    def test_units_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._put(18)
        job = self._create_job(scheduled_date_start=self.start)
        self._add_part(job, 2, product_uom_id=dozen.id)
        self.assertEqual(self._figures(job, "warehouse", "forecast", "short"), (1.5, 1.5, 0.5))

    def test_what_is_not_kept_in_stock_is_never_short(self):
        job = self._create_part_job(2, part=self.product_part)
        self.assertIsNone(self._plan(job))
        self.assertEqual(job.part_line_ids.qty_short, 0)

    # List

    def _short_parts(self, **kwargs):
        self.env.flush_all()
        return self.env["sercom.job.part"].search([("qty_short", ">", 0)], **kwargs)

    def test_list_has_what_is_short(self):
        self._put(1)
        job, later = (
            self._create_part_job(1, scheduled_date_start=self.start + timedelta(days=day))
            for day in (0, 1)
        )
        parts = self._short_parts()
        self.assertNotIn(job, parts.fsm_order_id)
        self.assertRecordValues(
            parts.filtered(lambda part: part.fsm_order_id == later),
            [
                {
                    "product_id": self.part.id,
                    "vendor_id": self.vendor.id,
                    "date_start": later.scheduled_date_start,
                    "qty_short": 1.0,
                    "qty_to_order": 1.0,
                }
            ],
        )

    def test_list_groups_by_job_product_and_vendor(self):
        self._create_part_job(1)
        self.env.flush_all()
        for name in ("fsm_order_id", "product_id", "vendor_id", "date_start:day"):
            groups = self.env["sercom.job.part"].formatted_read_group(
                [("qty_short", ">", 0)], [name], ["__count"]
            )
            self.assertTrue(groups)

    def test_list_weeks(self):
        view = self.env["sercom.job.part"].get_view(
            self.env.ref("sercom_parts.sercom_job_part_view_search").id, "search"
        )
        self.assertIn("=week_start", view["arch"])
        job = self._create_part_job(1)
        next_week = self._create_part_job(1, scheduled_date_start=self.start + timedelta(days=7))
        self.env.flush_all()
        week = [
            ("date_start", ">=", "today =week_start"),
            ("date_start", "<", "today =week_start +7d"),
        ]
        found = self.env["sercom.job.part"].search(week).fsm_order_id
        self.assertIn(job, found)
        self.assertNotIn(next_week, found)

    # Cost of reading

    def test_queries_do_not_grow(self):
        self._give_truck()
        self._put(2)
        names = ["qty_on_truck", "qty_in_warehouse", "qty_short", "qty_on_order", "part_source"]

        def jobs(count):
            return self.env["fsm.order"].concat(
                *[
                    self._create_part_job(
                        1,
                        person_id=self.worker.id,
                        scheduled_date_start=self.start + timedelta(days=count, hours=number),
                    )
                    for number in range(count)
                ]
            )

        jobs(2)  # others that need the part too
        parts = [self._create_part(name=f"Part {n}") for n in range(4)]
        more = jobs(8)
        for job in more:
            for part in parts:
                self._add_part(job, 1, part)
        lines = self.env["sale.order.line"].browse(more.part_line_ids.ids)
        lines.read(names)
        few = self._get_queries(lines.browse(lines[:2].ids).read, names)
        many = self._get_queries(lines.read, names)
        self.assertEqual(few, many)
        self.assertLess(few, 25)
        names = ["parts_state", "purchase_order_count"]
        few = self._get_queries(more.browse(more[:2].ids).read, names)
        many = self._get_queries(more.browse(more.ids).read, names)
        self.assertEqual(few, many)

    # Truck's record

    def test_a_dispatcher_makes_a_truck(self):
        worker = self.worker.with_user(self.user_dispatcher)
        worker.action_create_truck()
        truck = self.worker.truck_location_id
        self.assertEqual((truck.location_id, truck.usage), (self.shelf, "internal"))
        worker.action_create_truck()
        self.assertEqual(self.worker.truck_location_id, truck, "twice makes one")
        with self.assertRaises(AccessError):
            self.worker.with_user(self.user_technician).action_create_truck()

    def test_a_truck_is_a_place_of_the_firm(self):
        customers = self.env.ref("stock.stock_location_customers")
        for location in (customers, self.shelf, self.warehouse.view_location_id):
            with self.assertRaises(ValidationError):
                self.worker.truck_location_id = location

    def test_a_truck_of_another_company_is_not_used(self):
        other = self.env["res.company"].create({"name": "Other firm"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self.worker.truck_location_id = self.env["stock.location"].create(
            {
                "name": "Truck",
                "location_id": warehouse.lot_stock_id.id,
                "company_id": other.id,
            }
        )
        self._put(5, self.worker.truck_location_id)
        job = self._create_part_job(1, person_id=self.worker.id)
        self.assertEqual(self._figures(job, "truck", "warehouse", "short"), (0, 0, 1))

    # Who sees what

    def test_technician_sees_quantities_of_own_jobs(self):
        self._put(1)
        own = self._create_part_job(2, person_id=self.worker.id)
        lines = own.part_line_ids.with_user(self.user_technician)
        self.env.invalidate_all()
        self.assertEqual(lines.qty_short, 1)
        self.assertEqual(own.with_user(self.user_technician).parts_state, "to_order")
        other = self._create_part_job(2)
        with self.assertRaises(AccessError):
            other.part_line_ids.with_user(self.user_technician).read(["qty_short"])

    def test_a_client_reads_no_stock(self):
        job = self._create_part_job(1)
        portal = new_test_user(self.env, "line_portal", groups="base.group_portal")
        portal.partner_id = job.partner_id
        line = job.part_line_ids.with_user(portal)
        self.assertTrue(line.read(["product_uom_qty"]))
        for name in ("part_source", *PART_FIELDS):
            with self.subTest(name), self.assertRaises(AccessError):
                line.read([name])

    def test_only_the_office_reads_the_list(self):
        self._create_part_job(1)
        Part = self.env["sercom.job.part"]
        self.assertTrue(Part.with_user(self.user_dispatcher).search([]))
        for user in (self.user_technician, self.user_internal):
            with self.assertRaises(AccessError):
                Part.with_user(user).search([])
        portal = new_test_user(self.env, "parts_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            Part.with_user(portal).search([])

    def test_list_keeps_companies_apart(self):
        job = self._create_part_job(1)
        other = self.env["res.company"].create({"name": "Other firm"})
        user = new_test_user(
            self.env,
            "other_dispatcher",
            groups="fieldservice.group_fsm_dispatcher",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.env.flush_all()
        found = self.env["sercom.job.part"].with_user(user).search([])
        self.assertNotIn(job.id, found.sudo().fsm_order_id.ids)

    def test_the_form_opens_for_everybody(self):
        self._give_truck()
        job = self._create_part_job(1, person_id=self.worker.id)
        for user in (
            self.user_technician,
            self.user_dispatcher,
            self.user_buyer,
            self.user_manager,
        ):
            with self.subTest(user.login), Form(job.with_user(user)) as form:
                self.assertEqual(len(form.part_line_ids), 1)
