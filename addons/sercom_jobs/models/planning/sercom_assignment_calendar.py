from odoo import Command, fields, models
from odoo.exceptions import AccessError

from odoo.addons.sercom_requests.tools.whole_day import get_stored_span

EVENT_FIELDS = ("employee_id", "date_start", "date_end", "fsm_order_id")


class SercomAssignment(models.Model):
    """A confirmed block is in the person's calendar, and stays in step with it.

    The person is told by e-mail, once it stays so: invited, moved, cancelled
    (``calendar_event_notice``). The block that is moved or cancelled in the calendar follows
    (``calendar_event``).

    A block that is handed over or cancelled leaves its event behind, cancelled, and gets another
    one. Who gets it back before they were told finds their own event again; an event that nobody
    was told of goes.
    """

    _inherit = "sercom.assignment"

    calendar_event_id = fields.Many2one(
        "calendar.event",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="set null",
    )

    _calendar_event_uniq = models.UniqueIndex(
        "(calendar_event_id) WHERE calendar_event_id IS NOT NULL",
        "This calendar event already belongs to an assignment.",
    )

    def _sync_events(self, olds):
        """Make, move and cancel the calendar events of these blocks, in sudo.

        :param dict olds: ``_get_values`` before the change; empty for new blocks
        """
        to_make, to_drop = self.browse(), self.browse()
        for block in self:
            event, old = block.calendar_event_id, olds.get(block)
            if event and (block.state in ("draft", "cancelled") or block._has_new_guest(old)):
                to_drop |= block
            if block.state == "confirmed" and (not event or block in to_drop):
                to_make |= block
        handed = to_drop & to_make
        (to_drop - handed)._cancel_events((to_drop - handed).calendar_event_id)
        handed._cancel_events(handed.calendar_event_id, is_handed_over=True)
        (self - to_make)._move_events()
        for state, appointment_state in (("done", "done"), ("confirmed", "planned")):
            self.filtered(lambda block, state=state: block.state == state)._set_event_state(
                appointment_state
            )
        (to_make - to_make._take_back_events())._make_events()

    def _has_new_guest(self, old):
        """Whether another person, or another job, has taken this block's place."""
        names = ("employee_id", "fsm_order_id")
        return any(self._to_plain(self[name]) != old[name] for name in names)

    def _make_events(self):
        """Make the events of these blocks, which invite people."""
        if not self:
            return
        self.employee_id.filtered(lambda person: not person.work_contact_id)._create_work_contacts()
        events = self._get_calendar().create([block._prepare_event_vals() for block in self])
        for block, event in zip(self, events, strict=True):
            block.calendar_event_id = event

    def _take_back_events(self):
        """Give these blocks the events that their people were not yet told to have lost.

        :return: the blocks that have one
        """
        back = self.browse()
        rows = self.env["sercom.appointment.notice"].search([("assignment_id", "in", self.ids)])
        for row in rows:
            block, event = row.assignment_id, row.event_id
            is_back = (
                event.appointment_state == "cancelled"
                and event.fsm_order_id == block.fsm_order_id
                and row.partner_id == block._get_guest()
            )
            if not block.calendar_event_id and is_back:
                block.calendar_event_id = event
                back |= block
        if back:
            self._get_calendar().browse(back.calendar_event_id.ids).write(
                {"appointment_state": "planned", "show_as": "busy"}
            )
            back._move_events()
        return back

    def _get_guest(self):
        """Partner whom the event of this one block invites."""
        return self.employee_id._get_attendee_partner()

    def _get_calendar(self):
        """Calendar of these blocks, in sudo; it mails no past visit."""
        context = {"mail_create_nosubscribe": True}
        past = self and max(self.mapped("date_end")) < fields.Datetime.now()
        if past:
            context["no_mail_to_attendees"] = True
        return self.env["calendar.event"].with_context(**context)

    def _prepare_event_vals(self):
        """Values of the calendar event of this one block."""
        job, site = self.fsm_order_id, self.fsm_location_id
        address = (site.partner_id._display_address(without_company=True) or "").split("\n")
        return {
            "name": job._get_visit_name(),
            "start": self.date_start,
            "stop": self.date_end,
            "location": ", ".join(filter(None, map(str.strip, address))),
            "notes": self.note,
            "partner_ids": [Command.set(self._get_guest().ids)],
            "user_id": self.env.uid if self.env.user._is_internal() else False,
            "fsm_order_id": job.id,
            "fsm_location_id": site.id,
            "appointment_kind": "visit",
        }

    def _move_events(self):
        """Write when and where these blocks, in sudo, are into their events, where it differs."""
        changes = {}
        now = fields.Datetime.now()
        for block in self.filtered("calendar_event_id"):
            event, vals = block.calendar_event_id, {}
            if event._get_span(block._get_tz()) != (block.date_start, block.date_end):
                vals = block._prepare_event_times()
            if event.fsm_location_id != block.fsm_location_id:
                planned = block._prepare_event_vals()
                vals |= {name: planned[name] for name in ("location", "fsm_location_id")}
            if vals:
                key = (block.date_end < now, *vals.items())
                alike, _vals = changes.get(key, (self.browse(), None))
                changes[key] = (alike | block, vals)
        for is_past in (False, True):  # nobody is told of what is over
            some = [change for key, change in changes.items() if key[0] == is_past]
            calendar = self.browse().concat(*(blocks for blocks, _vals in some))._get_calendar()
            calendar._write_each(
                [(calendar.browse(blocks.calendar_event_id.ids), vals) for blocks, vals in some]
            )

    def _prepare_event_times(self):
        """Values of when this one block is: one that was ticked all day in the calendar stays so,
        as long as it is made of whole days of the person."""
        span = (self.date_start, self.date_end)
        stored = self.calendar_event_id.allday and get_stored_span(*span, self._get_tz())
        start, stop = stored or span
        vals = {"start": start, "stop": stop}
        if self.calendar_event_id.allday and not stored:
            vals["allday"] = False
        return vals

    def _set_event_state(self, state):
        events = self.calendar_event_id.filtered(lambda event: event.appointment_state != state)
        if events:
            self._get_calendar().browse(events.ids).write({"appointment_state": state})

    def _cancel_events(self, events, is_handed_over=False):
        """Cancel the events of these blocks, in sudo, or of some that are gone; tell the invited.

        They stay visible, crossed out; one that nobody was told of goes. A block lets its event go
        first: what happens to it in the calendar from then on is no longer the block's.

        :param bool is_handed_over: whether people are told only once somebody else keeps the block
        """
        if not events:
            return
        blocks = {block.calendar_event_id.id: block for block in self if block.calendar_event_id}
        self.filtered("calendar_event_id").calendar_event_id = False
        events = self._get_calendar().browse(events.ids)
        unknown = events._filter_unknown()
        events -= unknown
        unknown.unlink()
        events.filtered(lambda event: event.appointment_state == "done").write(
            {"appointment_state": "planned"}
        )
        live = events.filtered(lambda event: event.appointment_state == "planned")
        live.write(live._prepare_appointment_cancel_vals())
        live._queue_cancelled(at_once=not is_handed_over)
        if blocks:
            rows = self.env["sercom.appointment.notice"].search([("event_id", "in", live.ids)])
            for row in rows:
                row.assignment_id = blocks.get(row.event_id.id)

    def _move_from_calendar(self):
        """Take the times of the events, where somebody has moved them in the calendar."""
        moved = {}
        for block in self.sudo():  # sudo: of events that others may keep private
            start, end = block.calendar_event_id._get_span(block._get_tz())
            if (start, end) != (block.date_start, block.date_end):
                moved[block.id] = {"date_start": start, "date_end": end}
        if moved:
            self._check_may_move_in_calendar()
            self.move_blocks(moved)

    def _cancel_from_calendar(self):
        """Cancel these blocks, whose events somebody has cancelled or deleted."""
        if self:
            self._check_may_move_in_calendar()
            # sudo: a block's event is nobody's to write by hand
            self.sudo().calendar_event_id = False
            self.write({"state": "cancelled"})

    def _check_may_move_in_calendar(self):
        if not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "%s is planned by the office. Ask it to move or cancel the visit.",
                    self.sudo()[0]._get_label(),  # sudo: guests of a meeting may not read its block
                )
            )
