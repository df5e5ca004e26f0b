from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 15:00:00")
class TestCancelledAppointment(SercomRequestsCommon):
    """A cancelled appointment shows as cancelled, and is not counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._create_request()
        cls.guest = cls.user_technician.partner_id
        cls.soon = fields.Datetime.to_datetime("2026-11-05 17:00:00")
        cls.first, cls.second = cls.env["calendar.event"].create(
            [
                {
                    "name": name,
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [Command.set(cls.guest.ids)],
                    "opportunity_id": cls.request.id,
                }
                for name, start in (
                    ("First", cls.soon),
                    ("Second", cls.soon + timedelta(days=1)),
                )
            ]
        )
        cls.file = cls.request.service_file_id

    def _count(self):
        self.env.invalidate_all()
        groups = self.env["res.users"].with_user(self.user_technician)._get_activity_groups()
        today = [row["name"] for group in groups for row in group.get("meetings", [])]
        return (
            self.file.appointment_count,
            self.guest.meeting_count,
            self.request.meeting_display_label,
            self.request.meeting_display_date,
            today,
        )

    def test_counters_count_live_ones(self):
        first, second = (event.start.date() for event in (self.first, self.second))
        self.assertEqual(self._count(), (2, 2, "Next Appointment", first, ["First"]))
        self.first.action_appointment_cancel()
        self.assertEqual(self._count(), (1, 1, "Next Appointment", second, []))
        self.second.action_appointment_cancel()
        self.assertEqual(self._count(), (0, 0, "No Appointment", False, []))
        self.first.action_appointment_reopen()
        self.assertEqual(self._count(), (1, 1, "Next Appointment", first, ["First"]))

    def test_it_says_so_wherever_it_shows(self):
        self.first.action_appointment_cancel()
        self.assertEqual(self.first.display_name, "Cancelled: First")
        self.assertEqual(self.second.display_name, "Second")

    def test_appointments_open_without_the_cancelled(self):
        self.first.action_appointment_cancel()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_requests.sercom_appointment_action"
        )
        button = self.file.with_context(records_field="appointment_ids").action_view_records()
        for context in (str(action["context"]), str(button["context"])):
            self.assertIn("search_default_appointments_live", context)
        views = self.env["calendar.event"].get_views([(False, "search")])
        arch = etree.fromstring(views["views"]["search"]["arch"])
        (live,) = arch.xpath("//filter[@name='appointments_live']")
        own = self.env["calendar.event"].search([("id", "in", (self.first | self.second).ids)])
        self.assertEqual(own.filtered_domain(literal_eval(live.get("domain"))), self.second)
        domain = [*literal_eval(live.get("domain")), ("id", "in", own.ids)]
        self.assertEqual(self.env["calendar.event"].search(domain), self.second)

    def test_a_file_with_cancelled_visits_is_not_deleted(self):
        (self.first | self.second).action_appointment_cancel()
        file = self.env["sercom.service.file"].create({"partner_id": self.client_partner.id})
        self.second.service_file_id = file
        self.assertFalse(file.appointment_count)
        with self.assertRaisesRegex(UserError, "still holds records"):
            file.unlink()
