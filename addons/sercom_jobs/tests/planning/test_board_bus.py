import json
from datetime import timedelta
from unittest.mock import MagicMock, patch

from odoo import Command
from odoo.tests import new_test_user, tagged

from .test_assignment import AssignmentCommon


@tagged("post_install", "-at_install")
class TestBoardBus(AssignmentCommon):
    """Boards that are open hear what changes."""

    def _get_messages(self):
        """What the boards are told of what happened since the last call."""
        self.env.cr.flush()
        messages = self.env["bus.bus"].search([("message", "like", "sercom_board")])
        payloads = [json.loads(message.message)["payload"] for message in messages]
        messages.unlink()
        return payloads

    def setUp(self):
        super().setUp()
        self.job = self._create_job()
        self._get_messages()

    def test_one_message_for_a_batch(self):
        block, other = self.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": employee.id,
                    "date_start": self.start,
                    "date_end": self.start + timedelta(hours=2),
                }
                for employee in (self.employee, self.anne)
            ]
        )
        people = sorted((self.employee | self.anne).ids)
        self.assertEqual(
            self._get_messages(),
            [
                {
                    "job_ids": self.job.ids,
                    "employee_ids": people,
                    "date_from": "2026-11-03 14:00:00",
                    "date_to": "2026-11-03 16:00:00",
                }
            ],
        )
        (block | other).action_confirm()
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [people])
        (block | other).note = "Ring twice"
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [people])

    def test_both_people_and_both_times_of_a_move(self):
        block = self._assign(self.job)
        self._get_messages()
        block.write({"employee_id": self.anne.id, "date_start": self.start + timedelta(days=2)})
        [message] = self._get_messages()
        self.assertEqual(message["employee_ids"], sorted((self.employee | self.anne).ids))
        self.assertEqual(message["date_from"], "2026-11-03 14:00:00")
        self.assertEqual(message["date_to"][:10], "2026-11-05")
        block.unlink()
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [self.anne.ids])

    def test_jobs_that_wait_and_jobs_that_start(self):
        job = self._create_job()
        [message] = self._get_messages()
        self.assertEqual((message["job_ids"], message["employee_ids"]), (job.ids, []))
        job.priority = "3"
        self.assertEqual([m["job_ids"] for m in self._get_messages()], [job.ids])
        job.description = "<p>Nothing the board shows</p>"
        self.assertEqual(self._get_messages(), [])
        self._assign(job)
        self._get_messages()
        job.action_start()
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [self.employee.ids])

    def test_only_the_office_of_the_company_listens(self):
        channel = (self.company, "sercom_board")
        office = new_test_user(
            self.env,
            login="board_office",
            groups="base.group_user,fieldservice.group_fsm_user",
            company_id=self.company.id,
        )
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            login="board_stranger",
            groups="base.group_user,fieldservice.group_fsm_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        for user, listens in (
            (office, True),
            (stranger, False),
            (self.user_technician, False),
        ):
            channels = [name for name in self._get_channels(user) if isinstance(name, tuple)]
            self.assertEqual(channel in channels, listens, user.login)

    def _get_channels(self, user):
        websocket = self.env["ir.websocket"].with_user(user)
        with self._mock_request(user):
            return websocket._build_bus_channel_list([])

    def _mock_request(self, user):
        request = MagicMock(env=self.env(user=user.id))
        request.session.uid = user.id
        return patch("odoo.addons.bus.models.ir_websocket.wsrequest", request)

    def test_appointments_of_people_and_those_that_wait(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [Command.set([])],
                "opportunity_id": self._create_request().id,
            }
        )
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [[]])
        event.partner_ids = self.employee.work_contact_id
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [self.employee.ids])
        event.partner_ids = self.anne.work_contact_id
        [message] = self._get_messages()
        self.assertEqual(message["employee_ids"], sorted((self.employee | self.anne).ids))
        self.assertLess(message["date_from"], "2026-11-03 14:00:00")
        event.action_appointment_cancel()
        self.assertEqual([m["employee_ids"] for m in self._get_messages()], [self.anne.ids])
        event.unlink()
        self.assertEqual(len(self._get_messages()), 1)

    def test_plain_meetings_are_not_told(self):
        self.env["calendar.event"].create(
            {"name": "Lunch", "start": self.start, "stop": self.start + timedelta(hours=1)}
        )
        self.assertEqual(self._get_messages(), [])
