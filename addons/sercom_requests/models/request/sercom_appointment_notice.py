import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.context import Sentinel

_logger = logging.getLogger(__name__)

INVITATION = "calendar.calendar_template_meeting_invitation"
CHANGE = "calendar.calendar_template_meeting_changedate"
CANCELLATION = "calendar.calendar_template_delete_event"
# Says to ``_notify_attendees`` that the message has waited long enough.
IS_DUE = Sentinel("appointment_notice_is_due")
TRY_AGAIN = timedelta(hours=1)


class SercomAppointmentNotice(models.Model):
    """What somebody last knew of an appointment that has changed, until they are told.

    How it works: the first change notes what the person knew, nothing when they are invited; each
    further one only puts the message off by the company's delay. When no change comes for so long,
    a scheduled action compares what they knew with how it is now, and sends one message, or none
    when it is back where it was. It is woken when a message is due, at once for what is near or
    cancelled. A row waits in the database, and goes in the transaction that makes its message: so
    nothing is lost nor told twice when the server stops.
    """

    _name = "sercom.appointment.notice"
    _inherit = "sercom.field.access.mixin"  # no field is on any list: nobody writes them by RPC
    _description = "Message about an appointment"
    _order = "date_due, id"
    _rec_name = "event_id"

    event_id = fields.Many2one("calendar.event", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    is_told = fields.Boolean(help="The person knows of the appointment.")
    told_start = fields.Datetime()
    told_stop = fields.Datetime()
    told_allday = fields.Boolean("Told All Day")
    date_due = fields.Datetime(required=True, index=True)

    _event_partner_uniq = models.UniqueIndex(
        "(event_id, partner_id)", "One message waits for each person and appointment."
    )

    @api.model
    def _queue(self, changes, due=None, **vals):
        """Have people told of appointments that have changed, once they change no more.

        :param list changes: ``(event, partners, told)``; ``told`` is ``_get_told`` of the event
            before the change, or ``None`` when the people know nothing of it yet
        :param due: when they are told, where it is not for the event to say
        :param vals: further values of new rows
        """
        if not changes:
            return
        events = self.env["calendar.event"].concat(*(event for event, *_rest in changes))
        waiting = {
            (row.event_id, row.partner_id): row
            for row in self.search([("event_id", "in", events.ids)])
        }
        rows, new = self.browse(), []
        for event, partners, told in changes:
            date_due = due or event._get_notice_due(told)
            for partner in partners:
                if row := waiting.get((event, partner)):
                    row.date_due = date_due
                    rows |= row
                    continue
                new.append(
                    {
                        "event_id": event.id,
                        "partner_id": partner.id,
                        "is_told": told is not None,
                        **(told or {}),
                        "date_due": date_due,
                        **vals,
                    }
                )
        (rows | self.create(new))._schedule()

    @api.model
    def _forget(self, events, domain=Domain.TRUE):
        """Take away what waits to be told to those who attend these events.

        :param Domain domain: which of it
        :return: ``{event: its partners who are not told now}``
        """
        rows = self.search(Domain("event_id", "in", events.ids) & domain)
        rows = rows.filtered(lambda row: row.partner_id in row.event_id.partner_ids)
        forgotten = {event: some.partner_id for event, some in rows.grouped("event_id").items()}
        rows.unlink()
        return forgotten

    def _schedule(self):
        """Have the scheduled action run when these rows are due; nobody waits for it."""
        if moments := set(self.mapped("date_due")):
            # sudo: whoever moves a visit wakes the job that tells of it
            self.env.ref("sercom_requests.ir_cron_appointment_notices").sudo()._trigger(moments)

    @api.model
    def _cron_send(self):
        """Tell people of what has changed, and changes no more.

        One message that fails holds up no other, and is tried again later.
        """
        domain = [("date_due", "<=", fields.Datetime.now())]
        rows = self.search(domain)
        self.env["ir.cron"]._commit_progress(remaining=len(rows))
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    row.try_lock_for_update()._send()
            except OperationalError:
                _logger.info("Appointment notice %s: it is being changed", row.id)
            except Exception:
                _logger.exception("Appointment notice %s", row.id)
                row.date_due = fields.Datetime.now() + TRY_AGAIN
                row._schedule()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _send(self):
        """Tell these people what is other than they know, and forget it."""
        for row in self:
            event, partner = row.event_id, row.partner_id
            attendee = event.attendee_ids.filtered(
                lambda attendee, partner=partner: attendee.partner_id == partner
            )
            is_live = event.active and event.appointment_state == "planned" and attendee
            message = None
            if is_live and not row.is_told:
                message = INVITATION
            elif is_live and row._get_known() != event._get_told():
                message = CHANGE
            elif row.is_told and not is_live and event.appointment_state != "done":
                event._notify_cancelled({event: partner})
            if message and event._is_to_come():
                IS_DUE(attendee)._notify_attendees(
                    self.env.ref(message, raise_if_not_found=False), force_send=True
                )
        self.unlink()

    def _get_known(self):
        return {name: self[name] for name in ("told_start", "told_stop", "told_allday")}
