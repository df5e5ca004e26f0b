from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobCopies(SercomJobsCommon):
    """What a duplicate carries: the need, not what came of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soon = fields.Datetime.now().replace(minute=0, second=0) + timedelta(days=2)
        cls.order = cls._create_quote(scope="<p>Tank</p>")
        cls.order.action_confirm()
        cls.job = cls.order.fsm_order_ids
        cls.job.write(
            {
                "person_id": cls.worker.id,
                "scheduled_date_start": cls.soon,
                "scheduled_duration": 2.0,
                "request_early": cls.early,
                "todo": "<p>Bring a pump</p>",
            }
        )
        cls.job.assignment_ids.action_confirm()

    def _check_copy(self):
        copy = self.job.with_user(self.user_dispatcher).copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "to_plan",
                    "partner_id": self.client_partner.id,
                    "location_id": self.site.id,
                    "scheduled_duration": 2.0,
                    "scheduled_date_start": False,
                    "scheduled_date_end": False,
                    "person_id": False,
                    "person_ids": [],
                    "assignment_ids": [],
                    "date_start": False,
                    "date_end": False,
                    "opportunity_id": False,
                    "sale_line_id": False,
                    "sale_line_ids": [],
                }
            ],
        )
        self.assertIn("Bring a pump", copy.todo)
        self.assertIn("Tank", copy.description)
        order = copy.sudo().sale_id
        self.assertTrue(order)
        self.assertNotEqual(order, self.order)
        self.assertNotEqual(copy.service_file_id, self.job.service_file_id, "another need")
        self.assertNotEqual(copy.request_early, self.early)
        self.assertEqual(self.order.fsm_order_ids, self.job)
        return copy

    def test_of_a_planned_job(self):
        self._check_copy()

    def test_of_a_done_and_billed_job(self):
        self.job.action_start()
        self.job.action_complete()
        self.job.action_convert_to_invoice()
        copy = self._check_copy()
        self.assertFalse(copy.invoice_ids)
        with self.assertRaisesRegex(UserError, f"{copy.name} has no products or services"):
            copy.sudo().action_convert_to_invoice()

    def test_of_a_job_that_a_line_was_sold_for(self):
        order = self._create_quote(order_line=[self._line(self._create_line_product())])
        order.action_confirm()
        copy = order.fsm_order_ids.with_user(self.user_dispatcher).copy()
        self.assertFalse(copy.sale_line_id)
        self.assertNotEqual(copy.sudo().sale_id, order)

    def test_of_a_sold_order(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        order = lead.order_ids
        order.action_confirm()
        copy = order.with_user(self.user_salesman).copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "draft",
                    "fsm_location_id": self.site.id,
                    "amount_total": order.amount_total,
                    "opportunity_id": False,
                    "request_early": False,
                    "request_late": False,
                    "is_opened_by_job": False,
                }
            ],
        )
        self.assertFalse(copy.sudo().fsm_order_ids | copy.order_line.sudo().fsm_order_id)
        self.assertNotEqual(copy.service_file_id, order.service_file_id)
        copy.action_confirm()
        self.assertEqual(len(copy.sudo().fsm_order_ids), 1)

    def test_of_a_visit_in_the_calendar(self):
        """A visit is planned by an assignment: two of them at one time would be one by mistake."""
        event = self.job.assignment_ids.calendar_event_id
        with self.assertRaisesRegex(UserError, f"{self.job.name}.* is planned by an assignment"):
            event.with_user(self.user_dispatcher).copy()
        event.with_user(self.user_dispatcher).action_appointment_cancel()
        with self.assertRaisesRegex(UserError, "is planned by an assignment"):
            event.with_user(self.user_dispatcher).copy()

    def test_of_a_meeting(self):
        event = self.env["calendar.event"].create(
            {"name": "Call", "start": self.soon, "stop": self.soon + timedelta(hours=1)}
        )
        self.assertTrue(event.with_user(self.user_dispatcher).copy())
