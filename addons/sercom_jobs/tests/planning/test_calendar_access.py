from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_assignment import AssignmentCommon


@tagged("post_install", "-at_install")
class TestCalendarAccess(AssignmentCommon):
    """In Odoo's calendar, a technician reads the visits of their own jobs, and no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_anne = cls._create_user("anne_calendar", "fieldservice.group_fsm_user_own")
        cls.anne.user_id = cls.user_anne
        cls.own = cls._make_visit(cls.job, cls.employee)
        cls.mate = cls._make_visit(cls.job, cls.anne)
        cls.foreign = cls._make_visit(cls._create_job(), cls.anne, timedelta(days=1))

    @classmethod
    def _make_visit(cls, job, employee, later=timedelta()):
        block = cls._assign(job=job, employee=employee, start=cls.start + later)
        block.action_confirm()
        return block.calendar_event_id

    def _read(self, user):
        events = self.own | self.mate | self.foreign
        found = self.env["calendar.event"].with_user(user).search([("id", "in", events.ids)])
        return found.sudo()

    def test_own_visits_and_those_of_the_crew(self):
        self.assertEqual(self._read(self.user_technician), self.own | self.mate)
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.user_technician).read(["name", "location"])
        self.own.with_user(self.user_technician).read(["name", "location", "partner_ids"])

    def test_the_office_reads_all(self):
        for user in (self.user_dispatcher, self.user_salesman, self.user_internal):
            self.assertEqual(self._read(user), self.own | self.mate | self.foreign, user.login)

    def test_plain_meetings_stay_open(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": "Safety",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [Command.set(self.user_anne.partner_id.ids)],
            }
        )
        self.assertEqual(
            meeting.with_user(self.user_technician).read(["name"])[0]["name"], "Safety"
        )

    def test_an_appointment_without_a_job_is_for_who_reads_its_file(self):
        """An assessment tells a client's name and address too."""
        start = self.start + timedelta(days=2)
        request = self._create_request()
        visit = self.env["calendar.event"].create(
            {
                "name": "Look at the roof",
                "start": start,
                "stop": start + timedelta(hours=1),
                "opportunity_id": request.id,
                "partner_ids": [Command.set(self.user_anne.partner_id.ids)],
            }
        )
        self.assertTrue(visit.service_file_id)
        mine = visit.with_user(self.user_technician)
        self.assertFalse(mine.search([("id", "=", visit.id)]))
        for act in (lambda: mine.read(["name"]), lambda: mine.write({"name": "Elsewhere"})):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()
        visit.with_user(self.user_anne).read(["name", "location"])
        self._create_job(service_file_id=visit.service_file_id.id).person_id = self.worker
        self.env.invalidate_all()
        self.assertEqual(mine.read(["name"])[0]["name"], "Look at the roof")

    def test_who_makes_an_appointment_reads_it(self):
        Event = self.env["calendar.event"].with_user(self.user_technician)
        stop = self.start + timedelta(hours=1)
        event = Event.create(
            {
                "name": "Come back",
                "start": self.start,
                "stop": stop,
                "fsm_location_id": self.site.id,
                "partner_ids": [Command.clear()],
            }
        )
        self.assertTrue(event.service_file_id)
        self.assertEqual(event.read(["name"])[0]["name"], "Come back")
