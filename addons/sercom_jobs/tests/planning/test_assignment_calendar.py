from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_assignment import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAssignmentCalendar(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Datetime.now().replace(hour=14, minute=0, second=0, microsecond=0)
        cls.soon = today + timedelta(days=30)
        cls.user_technician.email = "luc@example.com"

    def _mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", self.user_technician.partner_id.ids)]
        )

    def test_confirming_invites_and_cancelling_tells(self):
        block = self._assign(start=self.soon)
        self.assertFalse(block.calendar_event_id)
        block.action_confirm()
        event = block.calendar_event_id
        self.assertRecordValues(
            event,
            [
                {
                    "start": block.date_start,
                    "stop": block.date_end,
                    "partner_ids": self.user_technician.partner_id.ids,
                    "fsm_order_id": self.job.id,
                    "service_file_id": self.job.service_file_id.id,
                    "appointment_kind": "visit",
                    "show_as": "busy",
                }
            ],
        )
        self.assertIn(self.job.name, event.name)
        self._send_notices()
        sent = len(self._mails())
        block.action_cancel()
        self._send_notices()
        self.assertEqual((event.appointment_state, event.show_as), ("cancelled", "free"))
        self.assertFalse(block.calendar_event_id)
        self.assertGreater(len(self._mails()), sent)

    def test_a_cancelled_visit_is_not_planned_again_in_the_calendar(self):
        self._assign(start=self.soon, state="confirmed")
        event = self.job.assignment_ids.calendar_event_id.with_user(self.user_dispatcher)
        self._send_notices()
        self.assertFalse(event.is_reopenable)
        self.job.action_cancel()
        self._send_notices()
        self.job.with_user(self.user_dispatcher).action_reopen()
        self.assertEqual(event.appointment_state, "cancelled")
        form = Form(event, "calendar.view_calendar_event_form")
        self.assertFalse(form.is_reopenable)
        with self.assertRaisesRegex(UserError, f"Plan {self.job.name} again"):
            event.action_appointment_reopen()
        meeting = self.job.assignment_ids.calendar_event_id.create(
            {"name": "Call", "start": self.soon, "stop": self.soon + timedelta(hours=1)}
        )
        meeting.service_file_id = self.job.service_file_id
        meeting.action_appointment_cancel()
        self.assertTrue(meeting.is_reopenable)

    def test_moving_the_block_moves_the_event(self):
        block = self._assign(start=self.soon, state="confirmed")
        event = block.calendar_event_id
        block.date_start += timedelta(days=1)
        self.assertEqual((event.start, event.stop), (block.date_start, block.date_end))
        block.date_end -= timedelta(hours=1)
        self.assertEqual(event.stop, block.date_end)

    def test_the_event_goes_where_the_block_goes(self):
        block = self._assign(start=self.soon, state="confirmed")
        event = block.calendar_event_id
        depot, shop = self._create_site(name="Depot"), self._create_site(name="Shop")
        shop.partner_id.street = "12 rue du Port"
        block.fsm_location_id = depot
        self.assertEqual(event.fsm_location_id, depot)
        self.job.location_id = shop
        self.assertEqual((block.fsm_location_id, event.fsm_location_id), (shop, shop))
        self.assertIn("12 rue du Port", event.location)

    def test_nobody_ties_a_block_to_a_strange_meeting(self):
        block = self._assign(start=self.soon)
        meeting = self.env["calendar.event"].create(
            {"name": "Board", "start": self.soon, "stop": self.soon + timedelta(hours=1)}
        )
        mine = block.with_user(self.user_dispatcher)
        for change in (
            lambda: mine.write({"calendar_event_id": meeting.id}),
            lambda: mine.move_blocks(
                {block.id: {"date_start": self.soon, "calendar_event_id": meeting.id}}
            ),
            lambda: mine.create(
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": self.anne.id,
                    "date_start": self.soon,
                    "calendar_event_id": meeting.id,
                }
            ),
            lambda: mine.with_context(default_calendar_event_id=meeting.id).create(
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": self.anne.id,
                    "date_start": self.soon,
                }
            ),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_moving_the_event_moves_the_block_and_is_checked(self):
        block = self._assign(start=self.soon, state="confirmed")
        other = self._assign(self._create_job(), start=self.soon + timedelta(days=1))
        event = block.calendar_event_id.with_user(self.user_dispatcher)
        event.write(
            {
                "start": self.soon + timedelta(hours=4),
                "stop": self.soon + timedelta(hours=5),
            }
        )
        self.assertEqual(block.date_start, self.soon + timedelta(hours=4))
        self.assertEqual(block.planned_hours, 1.0)
        self.assertEqual(self.job.scheduled_date_start, block.date_start)
        with self.assertRaisesRegex(ValidationError, "already planned"):
            event.write({"start": other.date_start, "stop": other.date_end})

    def test_technician_moves_no_visit_in_the_calendar(self):
        block = self._assign(start=self.soon, state="confirmed")
        event = block.calendar_event_id.with_user(self.user_technician)
        with self.assertRaisesRegex(AccessError, "planned by the office"):
            event.start = self.soon + timedelta(hours=1)

    def test_who_does_not_plan_takes_no_visit_over(self):
        block = self._assign(start=self.soon, state="confirmed")
        event = block.calendar_event_id
        before = event.read(["name", "location", "partner_ids", "user_id", "privacy", "show_as"])
        for user in (self.user_internal, self.user_technician, self.user_accountant):
            for vals in (
                {"name": "Elsewhere"},
                {"location": "Elsewhere"},
                {"privacy": "private"},
                {"user_id": user.id},
                {"show_as": "free"},
                {"partner_ids": [Command.clear()]},
                {"partner_ids": [Command.link(user.partner_id.id)]},
                {"attendee_ids": [Command.clear()]},
            ):
                with self.subTest(user.login, vals=vals), self.assertRaises(AccessError):
                    event.with_user(user).write(vals)
        self.assertEqual(event.read(list(before[0])), before)
        event.with_user(self.user_technician).write({"name": event.name, "notes": "<p>Ladder</p>"})
        event.with_user(self.user_dispatcher).name = "Second floor"
        self.assertEqual(event.name, "Second floor")

    def test_event_cancelled_or_deleted_in_the_calendar(self):
        block = self._assign(start=self.soon, state="confirmed")
        block.calendar_event_id.with_user(self.user_dispatcher).action_appointment_cancel()
        self.assertEqual((block.state, self.job.state), ("cancelled", "to_plan"))
        block.write({"state": "confirmed"})
        self.assertEqual(block.calendar_event_id.appointment_state, "planned")
        block.calendar_event_id.with_user(self.user_dispatcher).unlink()
        self.assertEqual(block.state, "cancelled")

    def test_another_person_gets_a_new_event(self):
        block = self._assign(start=self.soon, state="confirmed")
        event = block.calendar_event_id
        self._send_notices()
        block.employee_id = self.anne
        self.assertEqual(event.appointment_state, "cancelled")
        self.assertEqual(block.calendar_event_id.partner_ids, self.anne.work_contact_id)

    def test_done_job_closes_its_events(self):
        block = self._assign(start=datetime(2026, 1, 5, 14), state="confirmed")
        event = block.calendar_event_id
        self.job.action_complete()
        self.assertEqual(event.appointment_state, "done")
        self.job.action_reopen()
        self.assertEqual(block.state, "confirmed")
        self.assertEqual(block.calendar_event_id, event)
        self.assertEqual(event.appointment_state, "planned")

    def test_ordinary_meetings_are_left_alone(self):
        event = self.env["calendar.event"].create(
            {"name": "Meeting", "start": self.soon, "stop": self.soon + timedelta(hours=1)}
        )
        event.start += timedelta(minutes=30)
        event.unlink()
        self.assertFalse(event.exists())
