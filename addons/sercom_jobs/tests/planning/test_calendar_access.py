from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

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
        for user in (self.user_dispatcher, self.user_salesman, self.user_accountant):
            self.assertEqual(self._read(user), self.own | self.mate | self.foreign, user.login)

    def test_the_office_of_another_company_reads_none(self):
        """By each road; a meeting of no file, or one they come to, is as open as Odoo has it."""
        visits = self._get_colleagues_visits()
        for visit in visits:
            visit.message_post(body=visit.description)
        company = self.env["res.company"].create({"name": "Second Company"})
        for number, group in enumerate(
            (
                "sales_team.group_sale_salesman_all_leads",
                "account.group_account_invoice",
                "fieldservice.group_fsm_manager",
            )
        ):
            user = self._create_user(f"calendar_abroad_{number}", group)
            user.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
            env = self.env(user=user.id, context={"allowed_company_ids": company.ids})
            mine = env["calendar.event"].browse(visits.ids)
            ids = [("id", "in", visits.ids)]
            self.assertFalse(env["calendar.event"].search(ids))
            self.assertFalse(env["calendar.attendee"].search([("event_id", "in", visits.ids)]))
            self.assertFalse(env["calendar.event"]._read_group(ids, ["location"]))
            for act in (
                lambda mine=mine: mine.read(["name", "location"]),
                lambda mine=mine: mine[0].message_post(body=mine._name),
                lambda mine=mine: mine.sudo().message_ids.sudo(False).read(["body"]),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    act()
            meeting = self.env["calendar.event"].create(
                {"name": "Lunch", "start": self.start, "stop": self.start + timedelta(hours=1)}
            )
            self.assertTrue(meeting.with_env(env).read(["name"]))
            visits[:1].sudo().partner_ids |= user.partner_id
            self.assertEqual(env["calendar.event"].search(ids).ids, visits[:1].ids)

    def _get_colleagues_visits(self):
        """A visit of Anne's with a client's name and address, and its assessment; both recur."""
        start = self.start + timedelta(days=3)
        vals = {
            "name": "Leak at Marie Tremblay's",
            "location": "4321 rue Saint-Denis",
            "description": "Key under the mat",
            "start": start,
            "stop": start + timedelta(hours=1),
            "user_id": self.user_anne.id,
            "partner_ids": [Command.set((self.user_anne.partner_id | self.client_partner).ids)],
            "recurrency": True,
            "rrule_type": "daily",
            "end_type": "count",
            "count": 2,
        }
        requests = {"opportunity_id": self._create_request().id}
        events = self.env["calendar.event"].create(
            [{**vals, "fsm_order_id": self.job.id}, {**vals, **requests}]
        )
        return events.recurrence_id.calendar_event_ids | self.foreign

    def test_others_read_that_a_colleague_is_busy_and_no_more(self):
        """An employee without a role: by each road."""
        visits = self._get_colleagues_visits()
        self.user_internal.group_ids |= self.env.ref("base.group_allow_export")
        self.assertEqual(len(visits), 5)
        self.assertEqual(len(visits.service_file_id), 3)
        for visit in visits:
            visit.message_post(body=visit.description)
        ids = [("id", "in", visits.ids)]
        env = self.env(user=self.user_internal.id)
        Event, Attendee = env["calendar.event"], env["calendar.attendee"]
        mine = Event.browse(visits.ids)
        for act in (
            lambda: mine.read(["name"]),
            lambda: mine.web_read({"location": {}}),
            lambda: mine.export_data(["name", "location"]),
            lambda: mine.write({"videocall_location": "https://example.com"}),
            lambda: mine.unlink(),
            lambda: mine.attendee_ids.read(["common_name"]),
            lambda: Attendee.browse(visits.attendee_ids.ids).read(["common_name"]),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()
        for domain in (
            [("name", "ilike", "Marie")],
            [("location", "ilike", "Saint-Denis")],
            [("partner_ids", "in", self.client_partner.ids)],
            [("attendee_ids.email", "ilike", "tremblay")],
            ids,
        ):
            self.assertFalse(Event.search(domain), domain)
            self.assertFalse(Event.search_count(domain), domain)
            self.assertFalse(Event.web_search_read(domain, {"name": {}})["records"], domain)
        self.assertFalse(Event.name_search("Leak"))
        self.assertFalse(Event.formatted_read_group(ids, ["location"], ["__count"]))
        self.assertFalse(Attendee.search([("event_id", "in", visits.ids)]))
        self.assertFalse(Attendee.search([("event_id.name", "ilike", "Marie")]))
        partners = env["res.partner"].search([("meeting_ids.name", "ilike", "Marie")])
        self.assertFalse(partners)
        recurrences = env["calendar.recurrence"].browse(visits.recurrence_id.ids)
        names = [values["base_event_id"][1] for values in recurrences.read(["base_event_id"])]
        self.assertEqual(names, ["Busy", "Busy"])
        messages = env["mail.message"].search([("model", "=", "calendar.event")])
        self.assertFalse(set(messages.mapped("res_id")) & set(visits.ids))

    def test_others_see_that_a_colleague_is_busy(self):
        """On the form of a meeting, for which they want somebody who is on a visit then."""
        # Of somebody without working hours, outside which Odoo says that they are unavailable too.
        estimator = self._create_user("estimator_calendar", "sales_team.group_sale_salesman")
        visits = self._get_colleagues_visits()
        visit = visits.filtered(lambda visit: not visit.fsm_order_id)[:1]
        visit.partner_ids = estimator.partner_id
        for user in (self.user_internal, self.user_technician):
            self.assertFalse(visit.with_user(user).has_access("read"))
            form = Form(self.env["calendar.event"].with_user(user))
            form.name = "Coffee"
            form.start = visit.start + timedelta(days=7)
            form.stop = visit.stop + timedelta(days=7)
            form.partner_ids.add(estimator.partner_id)
            self.assertNotIn(estimator.partner_id, form.unavailable_partner_ids[:])
            form.start = visit.start
            form.stop = visit.stop
            self.assertIn(estimator.partner_id, form.unavailable_partner_ids[:])
            meeting = form.save()
            self.assertIn(estimator.partner_id, meeting.unavailable_partner_ids)
            meeting.sudo().unlink()

    def test_others_read_the_visit_that_they_are_invited_to(self):
        visit = self._get_colleagues_visits()[:1]
        visit.partner_ids |= self.user_internal.partner_id
        mine = visit.with_user(self.user_internal)
        self.assertEqual(mine.read(["name"])[0]["name"], "Leak at Marie Tremblay's")
        self.assertIn("Marie Tremblay", mine.attendee_ids.mapped("common_name"))

    def test_plain_meetings_stay_open(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": "Safety",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [Command.set(self.user_anne.partner_id.ids)],
            }
        )
        for user in (self.user_technician, self.user_internal):
            mine = meeting.with_user(user)
            self.assertEqual(mine.read(["name"])[0]["name"], "Safety")
            self.assertEqual(mine.attendee_ids.mapped("partner_id"), self.user_anne.partner_id)

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
