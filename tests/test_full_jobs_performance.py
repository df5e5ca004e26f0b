from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.sercom_parts.tests.common import SercomPartsCommon
from odoo.addons.sercom_timesheets.tests.common import ClockCommon

from .common import PIXEL, SercomCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 20:00:00")  # what is written in another second costs a query more
class TestFullJobsPerformance(SercomCommon, ClockCommon, SercomPartsCommon):
    """What one job more costs that has all a job may have: parts used, approved hours, a signature.

    What Odoo takes for each is said by the tests of plain orders, without site or field service.
    """

    messages = 0  # of each record whose state changes

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.write({"tz": "America/Toronto", "hourly_cost": 40.0})
        cls._give_truck()
        cls.work = cls._sell_by_the_hour()
        cls.project = cls.env["project.project"].create(
            {"name": "Plain", "allow_billable": True, "partner_id": cls.client_partner.id}
        )
        cls.part = cls._stock_part("Ball valve")
        cls.planned, cls.worked = datetime(2026, 12, 1, 15), datetime(2026, 11, 2, 15)

    @classmethod
    def _stock_part(cls, name):
        """Make a part that is in the technician's truck."""
        part = cls._create_part(name=name, invoice_policy="delivery")
        cls._put(1000, cls.worker.truck_location_id, part)
        return part

    @classmethod
    def _work_on(cls, job, hours=1):
        """Clock as many entries on a job, each at a time of its own, and approve them."""
        for _entry in range(hours):
            cls.worked -= HOUR
            entry = cls._clock(cls.worked, cls.worked + HOUR, job=job)
            entry.timesheet_ids.action_approve()

    @classmethod
    def _job(cls, parts=None, hours=1):
        """Make a job in progress, with parts used and hours approved."""
        cls.planned += timedelta(weeks=1)  # inside working hours, all of them
        job = cls._create_job(person_id=cls.worker.id, scheduled_date_start=cls.planned)
        cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": cls.work.id,
                "product_uom_qty": hours,
            }
        )
        job.action_start()
        for part in parts or cls.part:
            job.with_user(cls.users["technician"]).action_use_part(part.id, 2)
        cls._work_on(job, hours)
        return job

    def _worked_jobs(self, count):
        return self.env["fsm.order"].concat(*[self._job() for _number in range(count)])

    def _signed_jobs(self, count):
        jobs = self._worked_jobs(count)
        for job in jobs:
            job.write({"signature": PIXEL, "signed_by": "Marie"})
        return jobs

    def _done_jobs(self, count):
        jobs = self._signed_jobs(count)
        jobs.action_complete()
        self.assertEqual(set(jobs.mapped("state")), {"done"})
        return jobs

    def _plain_orders(self, count):
        """Orders of plain Odoo like those of the jobs: with hours logged and a part delivered."""
        lines = [self._line(self.work), self._line(self.part, 2.0)]
        orders = self.env["sale.order"].create(
            [
                {"name": "Plain", "partner_id": self.client_partner.id, "order_line": lines}
                for _number in range(count)
            ]
        )
        orders.action_confirm()
        work = orders.order_line.filtered(lambda line: line.product_id == self.work)
        self.env["account.analytic.line"].create(
            [
                {
                    "name": "Plain",
                    "project_id": self.project.id,
                    "employee_id": self.employee.id,
                    "date": self.worked.date(),
                    "unit_amount": 1.0,
                    "so_line": line.id,
                    "is_so_line_edited": True,
                }
                for line in work
            ]
        )
        moves = orders.picking_ids.move_ids
        for move in moves:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        moves._action_done()
        self.assertEqual(set(orders.order_line.mapped("qty_to_invoice")), {1.0, 2.0})
        self.assertFalse(orders.fsm_order_ids)
        return orders

    def _close_from_phone(self, jobs):
        """Complete jobs as a phone sends it: one action for each, with its signature."""
        actions = [
            {
                "uuid": str(uuid4()),
                "kind": "complete",
                "moment": fields.Datetime.to_string(fields.Datetime.now()),
                "job_id": job.id,
                "signature": PIXEL.decode(),
                "signed_by": "Marie",
            }
            for job in jobs
        ]
        answer = self.env["sercom.my.day"].with_user(self.users["technician"]).sync(actions)
        self.assertEqual({row["status"] for row in answer["results"]}, {"done"}, answer)

    def test_completing_jobs(self):
        self._assert_queries_each(
            self.messages, self._signed_jobs, lambda jobs: jobs.action_complete()
        )

    def test_closing_a_long_job_from_the_phone(self):
        parts = self.part.concat(*[self._stock_part(f"Part {n}") for n in range(12)])

        def make(count):
            return self._job(parts[:count], count)

        self._assert_queries_each(0, make, self._close_from_phone)

    def test_each_job_closed_from_the_phone_costs_the_same(self):
        # Each action of a phone is locked, checked, kept or undone on its own. What it costs does
        # not grow with the queue that it comes in.
        def count(number):
            return self._get_queries(self._close_from_phone, self._worked_jobs(number))

        count(10)  # warms the caches
        two, four, twelve = count(2), count(4), count(12)
        self.assertEqual(twelve - two, 5 * (four - two), f"2: {two}, 4: {four}, 12: {twelve}")

    def test_converting_jobs_into_invoices(self):
        # What Odoo takes for an order with hours and parts (see the next test), all of it: the
        # link from the invoice to its job is a query more, and the read of each order's billed
        # lines, which Sercom reads together, one less.
        self._assert_queries_each(
            12 + 6 * self.messages,
            self._done_jobs,
            lambda jobs: jobs.action_convert_to_invoice(),
        )

    def test_invoicing_plain_orders(self):
        # Odoo: per order its taxes, billed lines and analytic project, its hours (found, linked);
        # per invoice its journal and followers, and five of the message that says where it comes
        # from.
        self._assert_queries_each(
            12 + 6 * self.messages,
            self._plain_orders,
            lambda orders: orders._create_invoices(grouped=True),
        )


@tagged("post_install", "-at_install", "slow")
class TestTrackedFullJobsPerformance(TestFullJobsPerformance):
    """The same with the messages and notes that the chatters get, which other tests leave out.

    The message of each job is Odoo's, and one query; a new invoice has six more.
    """

    messages = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._tell_chatters()
