from odoo import api, fields, models
from odoo.exceptions import UserError

STEP_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday"}
# What the plan says of a visit: who else wrote it would send its people elsewhere, or hide it.
PLANNED_FIELDS = {
    *("name", "location", "partner_ids", "attendee_ids", "user_id", "privacy", "show_as"),
    *("fsm_location_id", "recurrency", "recurrence_id"),
}


class CalendarEvent(models.Model):
    """The event of a confirmed assignment: what happens to it in the calendar moves the block.

    An assignment that moves writes its event's times, and so finds them here as they already
    are; one that is cancelled has let its event go. Nothing comes back to it.
    """

    _inherit = "calendar.event"

    assignment_ids = fields.One2many("sercom.assignment", "calendar_event_id")

    def write(self, vals):
        self._check_plan_is_kept(vals)
        res = super().write(vals)
        if vals.get("appointment_state") == "cancelled" or vals.get("active") is False:
            self._get_assignments()._cancel_from_calendar()
        elif not STEP_FIELDS.isdisjoint(vals):
            self._get_assignments()._move_from_calendar()
        return res

    def _check_plan_is_kept(self, vals):
        """Refuse that who does not plan changes what the plan says of these visits.

        :param dict vals: values about to be written
        """
        names = PLANNED_FIELDS & vals.keys()
        if self.env.su or not names:
            return
        changed = self.sudo().filtered(  # sudo: whoever reads it
            lambda event: any(event._is_changed_by(name, vals[name]) for name in names)
        )
        if blocks := changed.sudo(False)._get_assignments():
            blocks._check_may_move_in_calendar()

    def _is_changed_by(self, name, value):
        """Whether ``value`` is another than this one event's; a list of people always is."""
        field = self._fields[name]
        if field.type in ("many2many", "one2many"):
            return True
        return (field.convert_to_cache(value, self) or None) != (
            field.convert_to_cache(self[name], self) or None
        )

    def copy(self, default=None):
        for event in self.sudo():  # sudo: who reads the visit may not read its assignment
            if event._is_planned_by_assignment():
                raise UserError(
                    self.env._(
                        "«%(visit)s» is planned by an assignment: a duplicate would be in the "
                        "calendar only. Copy the assignment to another day, or plan %(job)s again.",
                        visit=event.name,
                        job=event.fsm_order_id.name,
                    )
                )
        return super().copy(default)

    def _is_planned_by_assignment(self):
        """Whether this one event is the visit of an assignment, or was before it was cancelled."""
        self.ensure_one()
        was_visit = self.appointment_kind == "visit" and self.appointment_state == "cancelled"
        return bool(self.assignment_ids or (self.fsm_order_id and was_visit))

    @api.ondelete(at_uninstall=False)
    def _unlink_cancels_assignment(self):
        self._get_assignments()._cancel_from_calendar()

    def _filter_unknown(self):
        """Those of these events that nobody who attends them has been told of yet."""
        # sudo: what waits to be told is nobody's to read
        rows = self.env["sercom.appointment.notice"].sudo()
        rows = rows.search([("event_id", "in", self.ids), ("is_told", "=", False)])
        untold = {event.id: some.partner_id for event, some in rows.grouped("event_id").items()}
        return self.filtered(
            lambda event: event.id in untold and event.partner_ids <= untold[event.id]
        )

    def _get_assignments(self):
        """Live assignments of these events, with the rights of the user who moves them."""
        blocks = self.sudo().assignment_ids  # sudo: guests of a meeting may not read its block
        return blocks.filtered(lambda block: block.state == "confirmed").sudo(self.env.su)
