from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .test_assignment import AssignmentCommon

NOW = "2026-11-02 13:00:00"
DAY = timedelta(days=1)


class VisitNoticesCommon(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.user_technician.email = "luc@example.com"
        cls.anne.work_email = "anne@example.com"
        cls.luc_partner = cls.user_technician.partner_id
        cls.anne_partner = cls.anne.work_contact_id
        cls.cron = cls.env.ref("sercom_requests.ir_cron_appointment_notices")
        with freeze_time(NOW):
            cls.block = cls._assign(start=fields.Datetime.now() + DAY, state="confirmed")
            cls._send_notices()
            cls.block = cls.block.with_user(cls.user_dispatcher)
            cls.start = cls.block.date_start

    def setUp(self):
        super().setUp()
        self.known = self.env["mail.mail"].search([])

    def _mails(self):
        """Subjects and recipients of the mails since the last call."""
        mails = self.env["mail.mail"].search([], order="id") - self.known
        self.known |= mails
        return [(mail.subject.split(":")[0].split(" ")[0], mail.recipient_ids) for mail in mails]

    def _run(self, minutes):
        """Run the scheduled action as its worker does, some minutes later."""
        with (
            freeze_time(fields.Datetime.to_datetime(NOW) + timedelta(minutes=minutes)),
            self.enter_registry_test_mode(),
        ):
            self.cron.method_direct_trigger()


@tagged("post_install", "-at_install")
class TestVisitNotices(VisitNoticesCommon):
    """Moves of one visit become one message, sent by the scheduled action."""

    @freeze_time(NOW)
    def test_three_drags_are_one_message_with_the_last_state(self):
        for hours in (1, 2, 3):
            self.block.date_start = self.start + timedelta(hours=hours)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(fields.Datetime.now() + timedelta(minutes=5), triggers.mapped("call_at"))
        self.assertFalse(self._mails())
        self._run(4)
        self.assertFalse(self._mails())
        self._run(5)
        mails = self.env["mail.mail"].search([]) - self.known
        self.assertEqual([subject for subject, _to in self._mails()], [self.job.name])
        self.assertEqual(mails.recipient_ids, self.luc_partner)
        self.assertIn("11:00:00 AM To 01:00:00 PM) (America/Toronto)", mails.body_html)
        self._run(20)
        self.assertFalse(self._mails(), "told once")

    @freeze_time(NOW)
    def test_an_undone_move_sends_nothing(self):
        self.block.date_start += timedelta(hours=2)
        self.block.date_start -= timedelta(hours=2)
        self._run(5)
        self.assertFalse(self._mails())
        self.assertFalse(self.env["sercom.appointment.notice"].search([]))

    @freeze_time(NOW)
    def test_each_move_puts_the_message_off(self):
        self.block.date_start += timedelta(hours=1)
        with freeze_time("2026-11-02 13:04:00"):
            self.block.date_start += timedelta(hours=1)
        self._run(6)
        self.assertFalse(self._mails())
        self._run(9)
        self.assertEqual(len(self._mails()), 1)

    @freeze_time(NOW)
    def test_handed_over_both_are_told_once(self):
        event = self.block.calendar_event_id
        self.block.write(
            {"employee_id": self.anne.id, "date_start": self.start + timedelta(hours=1)}
        )
        self.block.date_start += timedelta(hours=1)
        self.assertFalse(self._mails())
        self.assertEqual(event.appointment_state, "cancelled")
        self._run(5)
        self.assertEqual(
            sorted(self._mails()),
            sorted([("Deleted", self.luc_partner), ("Invitation", self.anne_partner)]),
        )
        self._run(30)
        self.assertFalse(self._mails())

    @freeze_time(NOW)
    def test_handed_over_and_back_nobody_is_told(self):
        event = self.block.calendar_event_id
        self.block.employee_id = self.anne
        other = self.block.calendar_event_id
        self.block.employee_id = self.employee
        self.assertEqual(self.block.calendar_event_id, event)
        self.assertRecordValues(event, [{"appointment_state": "planned", "show_as": "busy"}])
        self.assertFalse(other.exists(), "nobody knew of it")
        self._run(5)
        self.assertFalse(self._mails())

    @freeze_time(NOW)
    def test_back_at_another_time_is_a_move(self):
        self.block.employee_id = self.anne
        self.block.write({"employee_id": self.employee.id, "date_start": self.start + DAY})
        self._run(5)
        self.assertEqual(self._mails(), [(self.job.name, self.luc_partner)])
        event = self.block.calendar_event_id
        self.assertEqual((event.start, event.stop), (self.block.date_start, self.block.date_end))

    @freeze_time(NOW)
    def test_cancelled_is_told_at_once_and_only_to_who_knew(self):
        self.block.employee_id = self.anne
        self.block.action_cancel()
        self.assertFalse(self._mails(), "Anne never knew")
        self._run(5)
        self.assertEqual(self._mails(), [("Deleted", self.luc_partner)])

    @freeze_time(NOW)
    def test_a_moved_visit_that_is_cancelled_is_one_message(self):
        self.block.date_start += timedelta(hours=1)
        self.block.action_cancel()
        self.assertFalse(self._mails(), "whoever cancels waits for no message")
        self._run(0)
        self.assertEqual(self._mails(), [("Deleted", self.luc_partner)])
        self._run(5)
        self.assertFalse(self._mails())

    @freeze_time(NOW)
    def test_moved_in_the_calendar_is_one_message_too(self):
        event = self.block.calendar_event_id.with_user(self.user_dispatcher)
        for _time in range(2):
            event.write(
                {"start": event.start + timedelta(hours=1), "stop": event.stop + timedelta(hours=1)}
            )
        self.assertFalse(self._mails())
        self._run(5)
        self.assertEqual(self._mails(), [(self.job.name, self.luc_partner)])

    @freeze_time(NOW)
    def test_attendees_who_left_are_told_once_and_invited_no_more(self):
        lead = self._create_request()
        assessment = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": (self.luc_partner | self.user_dispatcher.partner_id).ids,
                "opportunity_id": lead.id,
                "fsm_location_id": self.site.id,
            }
        )
        self._send_notices()
        self._mails()
        assessment.with_user(self.user_dispatcher).partner_ids -= self.luc_partner
        self.assertNotIn(self.luc_partner, assessment.attendee_ids.partner_id)
        self._run(5)
        self.assertEqual(self._mails(), [("Deleted", self.luc_partner)])
        assessment.start += timedelta(hours=1)
        self._run(10)
        self.assertNotIn(self.luc_partner, [to for _subject, to in self._mails()])
        # Asked back before they were told: they never left.
        assessment.with_user(self.user_dispatcher).partner_ids |= self.luc_partner
        self._send_notices()
        self._mails()
        for change in (1, 2):
            if change == 1:
                assessment.with_user(self.user_dispatcher).partner_ids -= self.luc_partner
            else:
                assessment.with_user(self.user_dispatcher).partner_ids |= self.luc_partner
        self._run(20)
        self.assertFalse(self._mails())

    @freeze_time(NOW)
    def test_the_company_sets_the_delay(self):
        self.company.sercom_notice_delay = 30
        self.block.date_start += timedelta(hours=1)
        self._run(29)
        self.assertFalse(self._mails())
        self._run(30)
        self.assertEqual(len(self._mails()), 1)
        self.company.sercom_notice_delay = 0
        self.block.date_start += timedelta(hours=1)
        self._run(0)
        self.assertEqual(len(self._mails()), 1)

    @freeze_time(NOW)
    def test_what_is_near_is_told_at_once(self):
        self.block.date_start = fields.Datetime.now() + timedelta(minutes=4)
        self._run(0)
        self.assertEqual(self._mails(), [(self.job.name, self.luc_partner)])

    @freeze_time(NOW)
    def test_in_the_language_of_each(self):
        self.luc_partner.lang = "fr_CA"
        template = self.env.ref("calendar.calendar_template_delete_event")
        template.with_context(lang="fr_CA").subject = "Annulé : {{ object.name }}"
        self.block.employee_id = self.anne
        self._run(5)
        mails = self.env["mail.mail"].search([]) - self.known
        mine = mails.filtered(lambda mail: mail.recipient_ids == self.luc_partner)
        self.assertTrue(mine.subject.startswith("Annulé"))

    @freeze_time(NOW)
    def test_one_that_fails_holds_up_no_other_and_is_kept(self):
        second = self._assign(self._create_job(), self.anne, self.start, state="confirmed")
        self._send_notices()
        self._mails()
        self.block.date_start += timedelta(hours=1)
        second.with_user(self.user_dispatcher).date_start += timedelta(hours=1)
        Attendee = self.env.registry["calendar.attendee"]
        notify = Attendee._notify_attendees

        def fail_for_luc(attendees, *args, **kwargs):
            if attendees.partner_id == self.luc_partner:
                raise ValueError("no mail today")
            return notify(attendees, *args, **kwargs)

        with (
            patch.object(Attendee, "_notify_attendees", fail_for_luc),
            self.assertLogs("odoo.addons.sercom_requests", "ERROR"),
        ):
            self._run(5)
        self.assertEqual([to for _subject, to in self._mails()], [self.anne_partner])
        self._run(70)
        self.assertEqual([to for _subject, to in self._mails()], [self.luc_partner])


@tagged("post_install", "-at_install")
class TestVisitInvitations(VisitNoticesCommon):
    """People are invited by the scheduled action: whoever confirms a visit waits for nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.draft = cls._assign(cls._create_job(), cls.anne, cls.start)
            cls.draft = cls.draft.with_user(cls.user_dispatcher)

    @freeze_time(NOW)
    def test_confirming_invites_with_what_odoo_sends(self):
        self.anne_partner.lang = "fr_CA"
        template = self.env.ref("calendar.calendar_template_meeting_invitation")
        template.with_context(lang="fr_CA").subject = "Venez : {{ object.event_id.name }}"
        self.draft.action_confirm()
        self.assertEqual(self.draft.calendar_event_id.attendee_ids.partner_id, self.anne_partner)
        self.assertFalse(self._mails(), "whoever confirms waits for no message")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(fields.Datetime.now() + timedelta(minutes=5), triggers.mapped("call_at"))
        self._run(4)
        self.assertFalse(self._mails())
        self._run(5)
        mail = self.env["mail.mail"].search([]) - self.known
        self.assertEqual(mail.recipient_ids, self.anne_partner)
        self.assertTrue(mail.subject.startswith("Venez"))
        self.assertEqual(mail.attachment_ids.mapped("name"), ["invitation.ics"])
        self.assertEqual(mail.author_id, self.user_dispatcher.partner_id)
        self.assertIn("/calendar/meeting/accept?token=", mail.body_html)
        self._run(20)
        self.assertEqual(self.env["mail.mail"].search([]) - self.known, mail, "told once")

    @freeze_time(NOW)
    def test_confirmed_and_moved_is_one_invitation_with_the_last_state(self):
        self.draft.action_confirm()
        self.draft.date_start += timedelta(hours=2)
        self._run(5)
        mail = self.env["mail.mail"].search([]) - self.known
        self.assertEqual(self._mails(), [("Invitation", self.anne_partner)])
        text = " ".join(html2plaintext(mail.body_html).split())
        self.assertIn("3 November 2026 10:00 AM (America/Toronto)", text)

    @freeze_time(NOW)
    def test_confirmed_and_cancelled_nobody_is_told(self):
        self.draft.action_confirm()
        event = self.draft.calendar_event_id
        self.draft.action_cancel()
        self._run(5)
        self.assertFalse(self._mails())
        self.assertFalse(event.exists(), "nobody knew of it")

    @freeze_time(NOW)
    def test_cancelled_and_confirmed_again_nobody_is_told(self):
        event = self.block.calendar_event_id
        self.block.action_cancel()
        self.assertEqual(event.appointment_state, "cancelled")
        self.block.state = "confirmed"
        self.assertEqual(self.block.calendar_event_id, event)
        self.assertRecordValues(event, [{"appointment_state": "planned", "show_as": "busy"}])
        self._run(5)
        self.assertFalse(self._mails())

    @freeze_time(NOW)
    def test_cancelled_is_told_as_soon_as_the_action_wakes(self):
        self.block.action_cancel()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(fields.Datetime.now(), triggers.mapped("call_at"))
        self._run(0)
        self.assertEqual(self._mails(), [("Deleted", self.luc_partner)])

    @freeze_time(NOW)
    def test_an_invitation_sent_by_hand_is_sent_now_and_once(self):
        self.user_dispatcher.email = "office@example.com"
        self._mails()
        self.draft.action_confirm()
        self.draft.calendar_event_id.action_sendmail()
        self.assertEqual(self._mails(), [("Invitation", self.anne_partner)])
        self._run(5)
        self.assertFalse(self._mails())
        self.draft.action_cancel()
        self._run(5)
        self.assertEqual(self._mails(), [("Deleted", self.anne_partner)])

    @freeze_time(NOW)
    def test_plain_meetings_are_invited_by_odoo(self):
        self.env["calendar.event"].with_user(self.user_dispatcher).create(
            {
                "name": "Meeting",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": self.anne_partner.ids,
            }
        )
        self.assertEqual(self._mails(), [("Invitation", self.anne_partner)])
        self.assertFalse(self.env["sercom.appointment.notice"].search([]))
