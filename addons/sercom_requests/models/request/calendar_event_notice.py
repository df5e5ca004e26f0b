from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command

from ...tools.context import Sentinel
from .sercom_appointment_notice import CANCELLATION, CHANGE, INVITATION, IS_DUE

# What people are told of: when, and whether they come.
NEWS_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday", "partner_ids"}
# Says that an outer ``write`` watches what changes.
IS_WATCHED = Sentinel("appointment_is_watched")


class CalendarEvent(models.Model):
    """Whoever attends an appointment is told of its changes once they have come to rest.

    Odoo writes to them at each change: a dispatcher who tries three hours on the board sends three
    messages. People who are new to it are invited at once, and told at once that it is cancelled.
    """

    _inherit = "calendar.event"

    def _get_told(self):
        """What people know of this one event, as values of their notice."""
        return {
            "told_start": self.start,
            "told_stop": self.stop,
            "told_allday": self.allday,
        }

    def _get_notice_company(self):
        self.ensure_one()
        file = self.sudo().service_file_id  # sudo: whoever moves it need not open its file
        return file.company_id or self.env.company.sudo()  # sudo: a figure of the settings

    def _get_notice_due(self, told):
        """When people are told of a change of this one event: at once when it is near.

        :param told: ``_get_told`` before the change, or ``None``
        """
        now = fields.Datetime.now()
        delay = timedelta(minutes=self._get_notice_company().sercom_notice_delay)
        first = min(self.start, told["told_start"]) if told else self.start
        return now + delay if first > now + delay else now

    def _get_news_snapshot(self, vals):
        """What people know of these appointments, of which ``vals`` change something.

        :return: ``{event: (its attendees, what they know)}``; empty when nobody is to be told
        """
        keys = ("no_mail_to_attendees", "skip_attendee_notification", "is_calendar_event_new")
        if (
            NEWS_FIELDS.isdisjoint(vals)
            or IS_WATCHED.get(self)
            or any(self.env.context.get(key) for key in keys)
        ):
            return {}
        return {
            event: (event.partner_ids, event._get_told())
            for event in self.sudo()  # sudo: also of private ones
            if event.service_file_id and event.active and event.appointment_state == "planned"
        }

    def _queue_news(self, before):
        """Have people told of what has changed since ``_get_news_snapshot``."""
        own = self.env.user.partner_id  # who changes it knows
        changes, known = [], self.browse()
        for event, (people, told) in before.items():
            if not event.exists() or not event._is_to_come():
                continue
            left = people - event.partner_ids
            moved = people & event.partner_ids if event._get_told() != told else people.browse()
            if (left | moved) - own:
                changes.append((event, (left | moved) - own, told))
            if own & (left | moved):
                known |= event
        Notice = self.env[
            "sercom.appointment.notice"
        ].sudo()  # sudo: what waits to be told is nobody's to read
        if known:
            Notice.search([("event_id", "in", known.ids), ("partner_id", "=", own.id)]).unlink()
        if changes:
            Notice._queue(changes)

    def _notify_cancelled(self, partners):
        """Write to people, each in their language, that this one appointment is cancelled."""
        template = self.env.ref(CANCELLATION, raise_if_not_found=False)
        # sudo: a setting
        blocked = self.env["ir.config_parameter"].sudo().get_param("calendar.block_mail")
        if not template or blocked or not self._is_to_come():
            return
        for lang, people in partners.grouped("lang").items():
            # The template itself speaks the organizer's language.
            template.with_context(template_preview_lang=lang or self.env.lang).send_mail(
                self.id,
                email_layout_xmlid="mail.mail_notification_light",
                email_values={"recipient_ids": [Command.set(people.ids)]},
            )


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        # OVERRIDE calendar: changes of appointments are told by their notices. So is somebody
        # invited who is asked back before they were told that they do not come.
        attendees = self
        if mail_template and not IS_DUE.get(self):
            references = (CHANGE, INVITATION)
            change, invitation = (self.env.ref(name, False) for name in references)
            # sudo: files that others keep, of whose visits people are told alike
            ours = self.sudo().filtered("event_id.service_file_id").sudo(self.env.su)
            if mail_template == change:
                attendees -= ours
            elif mail_template == invitation and ours:
                # sudo: what waits to be told is nobody's to read
                rows = self.env["sercom.appointment.notice"].sudo()
                waiting = {
                    (row.event_id.id, row.partner_id.id)
                    for row in rows.search([("event_id", "in", ours.event_id.ids)])
                }
                attendees -= ours.filtered(
                    lambda one: (one.event_id.id, one.partner_id.id) in waiting
                )
        return super(CalendarAttendee, attendees)._notify_attendees(
            mail_template, notify_author=notify_author, force_send=force_send
        )
