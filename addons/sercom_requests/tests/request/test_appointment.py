from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-30 12:00:00")
class TestAppointment(SercomRequestsCommon):
    def _open_schedule(self, record, **context):
        return Form(
            record.env["sercom.appointment.schedule"].with_context(
                active_model=record._name, active_id=record.id, active_ids=record.ids, **context
            )
        )

    def _schedule(self, record, **vals):
        form = self._open_schedule(record, default_appointment_kind="assessment")
        with form:
            for field, value in vals.items():
                form[field] = value
        action = form.record.action_schedule_and_open()
        return record.env["calendar.event"].browse(action["res_id"])

    def _create_event(self, **vals):
        return self.env["calendar.event"].create({"name": "Meeting", **vals})

    def test_plain_meeting_is_left_alone(self):
        event = self._create_event()
        self.assertFalse(event.service_file_id)
        self.assertFalse(event.appointment_kind)
        lead = self.env["crm.lead"].create({"name": "Pipes", "type": "opportunity"})
        event = self._create_event(opportunity_id=lead.id)
        self.assertFalse(event.service_file_id)
        self.assertFalse(event.appointment_kind)
        self.assertEqual(lead.assessment_state, "none")

    def test_joins_the_file_of_its_request(self):
        request = self._create_request()
        event = self._create_event(opportunity_id=request.id)
        self.assertRecordValues(
            event,
            [
                {
                    "service_file_id": request.service_file_id.id,
                    "fsm_location_id": self.site.id,
                    "appointment_kind": "assessment",
                    "appointment_state": "planned",
                }
            ],
        )
        self.assertEqual(request.service_file_id.appointment_ids, event)

    def test_joins_the_file_of_its_job(self):
        job = self.env["fsm.order"].create({"location_id": self.site.id})
        event = self._create_event(fsm_order_id=job.id)
        self.assertEqual(event.service_file_id, job.service_file_id)
        self.assertEqual(event.appointment_kind, "visit")

    def test_a_site_alone_opens_a_file(self):
        event = self._create_event(name="Yearly check", fsm_location_id=self.site.id)
        self.assertRecordValues(
            event.service_file_id,
            [
                {
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "subject": "Yearly check",
                }
            ],
        )

    def test_recurring_appointments_share_one_file(self):
        event = self._create_event(
            fsm_location_id=self.site.id,
            start="2026-11-02 14:00:00",
            stop="2026-11-02 15:00:00",
            recurrency=True,
            rrule_type_ui="weekly",
            rrule_type="weekly",
            mon=True,
            end_type="count",
            count=4,
            event_tz="America/Montreal",
        )
        events = event.recurrence_id.calendar_event_ids
        self.assertEqual(len(events), 4)
        self.assertEqual(len(events.service_file_id), 1)
        self.assertTrue(all(events.mapped("service_file_id")))
        self.assertEqual(events.fsm_location_id, self.site)

    # The dialog

    def test_request_proposes_everything(self):
        request = self._create_request()
        action = request.action_schedule_assessment()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(form.appointment_kind, "assessment")
        self.assertEqual(form.fsm_location_id, self.site)
        self.assertEqual(form.partner_id, self.client_partner)
        self.assertEqual(form.start, self.early)
        self.assertIn("4321 rue Saint-Denis", form.location)
        self.assertIn("Water heater leaks", form.name)

    def test_assessment_invites_the_person(self):
        request = self._create_request()
        users = self.user_technician
        before = self.env["mail.mail"].search([])
        event = self._schedule(
            request.with_user(self.user_salesman),
            user_ids=users,
            duration=1.5,
            invite_client=True,
        ).sudo()
        self.assertRecordValues(
            event,
            [
                {
                    "start": self.early,
                    "stop": self.early + timedelta(hours=1.5),
                    "appointment_kind": "assessment",
                    "service_file_id": request.service_file_id.id,
                    "fsm_location_id": self.site.id,
                }
            ],
        )
        self.assertEqual(event.partner_ids, users.partner_id | self.client_partner)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertFalse(event.activity_ids)
        self.assertFalse(request.activity_ids)
        self._send_notices()
        mails = self.env["mail.mail"].search([]) - before
        self.assertLessEqual(event.partner_ids, mails.recipient_ids)

    def test_every_record_of_a_file_books_its_next_visit(self):
        request = self._create_request()
        quote = self.env["sale.order"].browse(request.action_convert_to_quote()["res_id"])
        invoice = self.env["account.move"].browse(request.action_convert_to_invoice()["res_id"])
        job = self.env["fsm.order"].create(
            {"location_id": self.site.id, "opportunity_id": request.id}
        )
        file = request.service_file_id
        for record in (request, quote, job, invoice, file):
            with self.subTest(model=record._name):
                event = self._schedule(record)
                self.assertEqual(event.service_file_id, file)
                self.assertEqual(event.fsm_location_id, self.site)
        self.assertEqual(len(file.appointment_ids), 5)

    def test_no_duration_is_refused(self):
        with self.assertRaisesRegex(UserError, "no duration"):
            self._schedule(self._create_request(), duration=0.0)

    # Done, cancelled

    def test_request_tells_its_assessment(self):
        request = self._create_request()
        self.assertEqual(request.assessment_state, "none")
        first = self._schedule(request)
        self.assertEqual(request.assessment_state, "planned")
        self.assertEqual(request.assessment_date, first.start)
        first.action_appointment_cancel()
        self.assertEqual(request.assessment_state, "cancelled")
        second = self._schedule(request, start=self.late)
        self.assertEqual(request.assessment_state, "planned")
        self.assertEqual(request.assessment_date, self.late)
        second.action_appointment_done()
        self.assertEqual(request.assessment_state, "done")
        self._schedule(request)
        self.assertEqual(request.assessment_state, "planned")

    def test_assessment_state_is_searched_as_it_is_told(self):
        Lead = self.env["crm.lead"]
        states = ("none", "planned", "done", "cancelled")
        requests = {state: self._create_request() for state in states}
        for state, request in requests.items():
            if state != "none":
                event = self._schedule(request)
                cancelled = self._schedule(request)
                cancelled.action_appointment_cancel()
                if state == "done":
                    event.action_appointment_done()
                elif state == "cancelled":
                    event.action_appointment_cancel()
        everything = Lead.union(*requests.values())
        for state, request in requests.items():
            with self.subTest(state=state):
                domain = [("id", "in", everything.ids), ("assessment_state", "=", state)]
                self.assertEqual(Lead.search(domain), request)
                self.assertEqual(request.assessment_state, state)
        domain = [("id", "in", everything.ids), ("assessment_state", "!=", "none")]
        self.assertEqual(Lead.search(domain), everything - requests["none"])

    def test_a_visit_is_no_assessment(self):
        request = self._create_request()
        self._create_event(opportunity_id=request.id, appointment_kind="visit")
        self.assertEqual(request.assessment_state, "none")

    def test_private_assessment_is_still_told(self):
        request = self._create_request()
        self._create_event(opportunity_id=request.id, privacy="private")
        request = request.with_user(self.user_salesman)
        self.assertEqual(request.assessment_state, "planned")
        domain = [("id", "=", request.id), ("assessment_state", "=", "planned")]
        self.assertEqual(request.search(domain), request)

    def test_cancelled_frees_and_tells_the_attendees(self):
        alarm = self.env["calendar.alarm"].create(
            {"name": "1 h", "alarm_type": "email", "duration": 1, "interval": "hours"}
        )
        event = self._schedule(self._create_request(), user_ids=self.user_technician)
        event.alarm_ids = alarm
        self._send_notices()
        before = self.env["mail.mail"].search([])
        event.action_appointment_cancel()
        self._send_notices()
        self.assertRecordValues(
            event,
            [
                {
                    "active": True,
                    "appointment_state": "cancelled",
                    "show_as": "free",
                    "alarm_ids": [],
                }
            ],
        )
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(mails.recipient_ids, self.user_technician.partner_id)
        busy = self.user_technician.partner_id._get_busy_calendar_events(event.start, event.stop)
        self.assertFalse(busy)
        event.action_appointment_reopen()
        self.assertEqual(event.show_as, "busy")
        self.assertEqual(event.appointment_state, "planned")

    def test_transitions_are_guarded(self):
        event = self._schedule(self._create_request())
        with self.assertRaisesRegex(UserError, "planned"):
            event.action_appointment_reopen()
        event.action_appointment_done()
        for action in (event.action_appointment_cancel, event.action_appointment_done):
            with self.assertRaisesRegex(UserError, "done"):
                action()

    def test_portal_cannot_touch_appointments(self):
        portal = self._create_user("sercom_portal", "base.group_portal")
        event = self._schedule(self._create_request())
        event.partner_ids |= portal.partner_id
        with self.assertRaises(AccessError):
            event.with_user(portal).action_appointment_cancel()

    def test_plain_meetings_cost_what_they_cost(self):
        """A plain meeting reads nothing of Sercom: no query more for twenty than for Odoo's."""
        start = fields.Datetime.now() - timedelta(days=3)
        vals = {"start": start, "stop": start + timedelta(hours=1), "name": "Meeting"}
        self._create_event(**vals)
        event = self._create_event(**vals)
        self.env.flush_all()
        with self.assertQueryCount(0):
            event._open_service_files()

    def test_queries_do_not_grow_with_the_appointments_shown(self):
        requests = self.env["crm.lead"].browse()
        for _number in range(6):
            request = self._create_request()
            self._create_event(
                opportunity_id=request.id, partner_ids=[Command.set(self.env.user.partner_id.ids)]
            )
            requests |= request
        few = self._get_queries(requests[:2].mapped, "assessment_state")
        many = self._get_queries(requests.mapped, "assessment_state")
        self.assertEqual(few, many)
