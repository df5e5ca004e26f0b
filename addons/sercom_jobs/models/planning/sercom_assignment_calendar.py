from odoo import Command, fields, models
from odoo.exceptions import AccessError

EVENT_FIELDS = ("employee_id", "date_start", "date_end", "fsm_order_id")


class SercomAssignment(models.Model):
    """A confirmed block is in the person's calendar, and stays in step with it.

    Odoo's calendar tells the person by e-mail: invited, moved, cancelled. The block that is
    moved or cancelled in the calendar follows (``calendar_event``).
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

    def _follow_calendar(self, before):
        """Make, move and cancel the calendar events of these blocks.

        :param dict before: ``_get_snapshot`` before the change; empty for new blocks
        """
        if self.env.context.get("from_calendar_event"):
            return
        blocks = self.sudo()
        to_make, to_drop = blocks.browse(), blocks.browse()
        for block in blocks:
            event, old = block.calendar_event_id, before.get(block)
            if event and (block.state in ("draft", "cancelled") or block._has_new_guest(old)):
                to_drop |= block
            if block.state == "confirmed" and (not event or block in to_drop):
                to_make |= block
        to_drop._drop_events()
        for block in blocks - to_make:
            block._move_event()
        for state, appointment_state in (("done", "done"), ("confirmed", "planned")):
            blocks.filtered(lambda block, state=state: block.state == state)._set_event_state(
                appointment_state
            )
        to_make._make_events()

    def _has_new_guest(self, before):
        """Whether another person, or another job, has taken this block's place."""
        names = ("employee_id", "fsm_order_id")
        return any(self._to_plain(self[name]) != before[name] for name in names)

    def _make_events(self):
        if not self:
            return
        self.employee_id.filtered(lambda person: not person.work_contact_id)._create_work_contacts()
        events = self._get_calendar().create([block._prepare_event_vals() for block in self])
        for block, event in zip(self, events, strict=True):
            block.calendar_event_id = event

    def _get_calendar(self):
        """Calendar that does not answer back to the blocks, and that mails no past visit."""
        context = {"from_assignment": True, "mail_create_nosubscribe": True}
        past = self and max(self.mapped("date_end")) < fields.Datetime.now()
        if past:
            context["no_mail_to_attendees"] = True
        return self.env["calendar.event"].sudo().with_context(**context)

    def _prepare_event_vals(self):
        """Values of the calendar event of this one block."""
        job, site = self.fsm_order_id, self.fsm_location_id
        guest = self.employee_id.user_id.partner_id or self.employee_id.work_contact_id
        address = (site.partner_id._display_address(without_company=True) or "").split("\n")
        names = (job.name, job.partner_id.name, job.subject)
        return {
            "name": " · ".join(filter(None, names)),
            "start": self.date_start,
            "stop": self.date_end,
            "location": ", ".join(filter(None, map(str.strip, address))),
            "notes": self.note,
            "partner_ids": [Command.set(guest.ids)],
            "user_id": self.env.uid if self.env.user._is_internal() else False,
            "fsm_order_id": job.id,
            "fsm_location_id": site.id,
            "appointment_kind": "visit",
        }

    def _move_event(self):
        event = self.calendar_event_id
        vals = {}
        if event and (event.start, event.stop) != (self.date_start, self.date_end):
            vals = {"start": self.date_start, "stop": self.date_end}
        if event and event.fsm_location_id != self.fsm_location_id:
            planned = self._prepare_event_vals()
            vals |= {name: planned[name] for name in ("location", "fsm_location_id")}
        if vals:
            self._get_calendar().browse(event.id).write(vals)

    def _set_event_state(self, state):
        events = self.calendar_event_id.filtered(lambda event: event.appointment_state != state)
        self._get_calendar().browse(events.ids).write({"appointment_state": state})

    def _drop_events(self):
        """Cancel the calendar events of these blocks; they stay visible, crossed out."""
        events = self.sudo().calendar_event_id
        self.sudo()._set_event_state("planned")
        self.sudo().filtered("calendar_event_id").calendar_event_id = False
        self._get_calendar().browse(events.ids).action_appointment_cancel()

    def _move_from_calendar(self):
        """Take the times of the events, which somebody has just moved in the calendar."""
        self._check_may_move_in_calendar()
        self.with_context(from_calendar_event=True).move_blocks(
            {
                block.id: {"date_start": event.start, "date_end": event.stop}
                for block in self
                for event in block.sudo().calendar_event_id
                if (event.start, event.stop) != (block.date_start, block.date_end)
            }
        )

    def _cancel_from_calendar(self):
        self._check_may_move_in_calendar()
        self.with_context(from_calendar_event=True).write({"state": "cancelled"})
        self.sudo().calendar_event_id = False

    def _check_may_move_in_calendar(self):
        if self and not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "%s is planned by the office. Ask it to move or cancel the visit.",
                    self.sudo()[0]._get_label(),
                )
            )
