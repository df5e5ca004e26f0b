from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.context import Sentinel
from .sercom_appointment_notice import CANCELLATION, CHANGE, INVITATION, IS_DUE

# What people are told of: when, and whether they come.
NOTICE_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday", "partner_ids"}
# Says that an outer ``write`` watches what changes.
IS_WATCHED = Sentinel("appointment_is_watched")


class CalendarEvent(models.Model):
    """Whoever attends an appointment is told of it once it has come to rest.

    Odoo writes to them at each change, while whoever makes it waits: a dispatcher who tries three
    hours on the board sends three messages, one who confirms a week waits for each invitation.
    Here invitations and moves wait for the company's delay; that an appointment is cancelled is
    told as soon as the scheduled action wakes.
    """

    _inherit = "calendar.event"

    def _get_told(self):
        """What people know of this one event, as values of their notice."""
        return {
            "told_start": self.start,
            "told_stop": self.stop,
            "told_allday": self.allday,
        }

    def _get_told_tz(self):
        """Zone in which this one event is told to who has none of their own."""
        self.ensure_one()
        event = self.sudo()  # sudo: a zone, of who may keep the rest to themselves
        company = event._get_notice_company()
        return event.event_tz or event.user_id.tz or company.partner_id.tz

    def _get_mail_tz(self):
        # OVERRIDE calendar: the scheduled action that writes is in no zone.
        zone = super()._get_mail_tz()
        # sudo: whether it is an appointment, for whoever reads it
        return zone or (self.sudo()._is_told_later() and self._get_told_tz())

    def _get_notice_company(self):
        self.ensure_one()
        event = self.sudo()  # sudo: whoever moves it need not open its file
        return (
            event.service_file_id.company_id
            # One that is being made has no file yet.
            or event.fsm_order_id.company_id
            or event.opportunity_id.company_id
            or self.env.company.sudo()  # sudo: a figure of the settings
        )

    def _is_told_later(self):
        """Whether the people of this one event are told by notices: those of Odoo's plain meetings
        are not, those of an appointment are, from before it has its file."""
        self.ensure_one()
        return bool(self.service_file_id or self._is_service_flow())

    def _get_notice_due(self, told):
        """When people are told of this one event: as soon as can be when it is near.

        :param told: ``_get_told`` before the change, or ``None`` when they are invited
        """
        now = fields.Datetime.now()
        delay = timedelta(minutes=self._get_notice_company().sercom_notice_delay)
        first = min(self.start, told["told_start"]) if told else self.start
        return now + delay if first > now + delay else now

    def _get_notice_snapshot(self, vals):
        """What people know of these appointments, of which ``vals`` change something.

        :return: ``{event: (its attendees, what they know)}``; empty when nobody is to be told
        """
        keys = ("no_mail_to_attendees", "skip_attendee_notification", "is_calendar_event_new")
        if (
            NOTICE_FIELDS.isdisjoint(vals)
            or IS_WATCHED.get(self)
            or any(self.env.context.get(key) for key in keys)
        ):
            return {}
        return {
            event: (event.partner_ids, event._get_told())
            for event in self.sudo()  # sudo: also of private ones
            if event.service_file_id and event.active and event.appointment_state == "planned"
        }

    def _write_each(self, changes):
        """Write different values into these appointments, as one change of them all.

        Their people are told once for all, which Odoo and others would do at each ``write``.

        :param list changes: ``(appointments, values)`` of when and where they are
        """
        if not changes:
            return
        events, names = self.concat(*(events for events, _vals in changes)), set()
        told = events._get_notice_snapshot(names.union(*(vals for _events, vals in changes)))
        quiet = IS_WATCHED(self).with_context(skip_attendee_notification=True)
        for some, vals in changes:
            quiet.browse(some.ids).with_prefetch(events._prefetch_ids).write(vals)
        events._queue_notices(told)

    def _queue_notices(self, before):
        """Have people told of what has changed since ``_get_notice_snapshot``."""
        own = self.env.user.partner_id  # who changes it knows
        changes, known = [], self.browse()
        kept = self.browse().concat(*before).exists()
        for event, (people, told) in before.items():
            if event not in kept or not event._is_to_come():
                continue
            left = people - event.partner_ids
            moved = people & event.partner_ids if event._get_told() != told else people.browse()
            if (left | moved) - own:
                changes.append((event, (left | moved) - own, told))
            if own & (left | moved):
                known |= event
        # sudo: what waits to be told is nobody's to read
        Notice = self.env["sercom.appointment.notice"].sudo()
        if known:
            Notice.search([("event_id", "in", known.ids), ("partner_id", "=", own.id)]).unlink()
        if changes:
            Notice._queue(changes)

    def action_sendmail(self):
        # OVERRIDE calendar: who invites people by hand tells them now, and no second time.
        self.check_access("read")
        if not self.env.su:
            self._check_file_is_read()
        res = super(CalendarEvent, IS_DUE(self)).action_sendmail()
        # Odoo sends nothing for who has no address.
        if self.env.user.email and not self.env.context.get("no_mail_to_attendees"):
            # sudo: what waits to be told is nobody's to read
            self.env["sercom.appointment.notice"].sudo()._forget(self)
        return res

    def _queue_cancelled(self, at_once=True):
        """Have the people of these appointments told that they are cancelled.

        Those who were never told that they come are not told that they do not.

        :param bool at_once: whether nothing is waited for but the scheduled action
        """
        if self.env.context.get("no_mail_to_attendees"):
            return
        # sudo: what waits to be told is nobody's to read
        Notice = self.env["sercom.appointment.notice"].sudo()
        own = self.env.user.partner_id  # who cancels it knows
        domain = Domain("is_told", "=", False) | Domain("partner_id", "=", own.id)
        untold = Notice._forget(self, domain)
        changes = [
            (event, event.partner_ids - untold.get(event, own) - own, event._get_told())
            for event in self.sudo()  # sudo: also of private ones
            if event._is_to_come()
        ]
        Notice._queue(changes, due=fields.Datetime.now() if at_once else None)

    def _notify_cancelled(self, people):
        """Write to people, each in their language, that these appointments are cancelled.

        :param dict people: ``{event: partners}``
        """
        template = self.env.ref(CANCELLATION, raise_if_not_found=False)
        # sudo: a setting
        blocked = self.env["ir.config_parameter"].sudo().get_param("calendar.block_mail")
        if not template or blocked:
            return
        by_lang = {}
        for event in self.filtered(lambda event: event._is_to_come()):
            for lang, partners in people[event].grouped("lang").items():
                by_lang.setdefault(lang or self.env.lang, {})[event] = partners
        for lang, recipients in by_lang.items():
            # The template itself speaks the organizer's language.
            mails = template.with_context(template_preview_lang=lang).send_mail_batch(
                [event.id for event in recipients],
                email_layout_xmlid="mail.mail_notification_light",
                email_values={"recipient_ids": []},
            )
            alike = {}
            for mail, partners in zip(mails, recipients.values(), strict=True):
                alike[partners] = alike.get(partners, mail.browse()) | mail
            for partners, group in alike.items():
                group.recipient_ids = partners


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def _compute_mail_tz(self):
        super()._compute_mail_tz()
        # sudo: as it is written to who attends
        for attendee in self.sudo().filtered(lambda one: one.event_id and not one.mail_tz):
            if attendee.event_id._is_told_later():
                attendee.mail_tz = attendee.event_id._get_told_tz()

    @api.model_create_multi
    def create(self, vals_list):
        attendees = super().create(vals_list)
        attendees._check_may_answer()
        return attendees

    def write(self, vals):
        self._check_may_answer(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        self._check_may_answer()

    def _check_may_answer(self, vals=None):
        """Refuse that who attends a visit is changed by who may not read what it is for.

        :param dict vals: values about to be written: everybody gives their own answer
        """
        if self.env.su:
            return
        own = self.env.user.partner_id if vals and set(vals) <= {"state"} else None
        others = self.sudo().filtered(  # sudo: only to find the file
            lambda attendee: attendee.partner_id != own
        )
        others.event_id.sudo(False)._check_file_is_read()

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        # OVERRIDE calendar: people are invited to appointments, and told of moves, by notices.
        attendees = self
        if mail_template and not IS_DUE.get(self):
            get_id = self.env["ir.model.data"]._xmlid_to_res_id
            kind = {get_id(name): name for name in (INVITATION, CHANGE)}.get(mail_template.id)
            if kind:
                # sudo: files that others keep, of whose visits people are told alike
                ours = self.sudo().filtered(lambda one: one.event_id._is_told_later())
                attendees -= ours.sudo(self.env.su)
                if kind == INVITATION:
                    ours._queue_invitations(notify_author)
        return super(CalendarAttendee, attendees)._notify_attendees(
            mail_template, notify_author=notify_author, force_send=force_send
        )

    def _queue_invitations(self, notify_author=False):
        """Have these attendees, in sudo, invited once their appointments have come to rest.

        Who is asked back before they were told that they do not come, is not invited anew.

        :param bool notify_author: whether the user is invited too
        """
        if self.env.context.get("no_mail_to_attendees"):
            return
        invited = self.filtered(lambda one: one._should_notify_attendee(notify_author))
        self.env["sercom.appointment.notice"]._queue(
            [
                (event, attendees.partner_id, None)
                for event, attendees in invited.grouped("event_id").items()
            ]
        )
