from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.whole_day import WIDEST

STEP_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday"}
# What the board shows of an appointment.
BOARD_FIELDS = {
    *STEP_FIELDS,
    *("active", "appointment_state", "fsm_location_id", "name", "partner_ids", "show_as"),
}
# What the plan says of a visit: who else wrote it would send its people elsewhere, or hide it.
PLANNED_FIELDS = {
    *("active", "name", "location", "partner_ids", "attendee_ids", "user_id", "privacy"),
    *("show_as", "fsm_location_id", "recurrency", "recurrence_id"),
}
KEPT_STATES = ("confirmed", "done")


class CalendarEvent(models.Model):
    """The event of a confirmed assignment: what happens to it in the calendar moves the block.

    An assignment that moves writes its event's times, and so finds them here as they already
    are; one that is cancelled has let its event go. Nothing comes back to it.
    """

    _inherit = "calendar.event"

    assignment_ids = fields.One2many("sercom.assignment", "calendar_event_id")

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._notify_boards()
        return events

    def write(self, vals):
        self._check_plan_is_kept(vals)
        is_shown = not BOARD_FIELDS.isdisjoint(vals)
        before = self._get_board_changes() if is_shown else None
        res = super().write(vals)
        if vals.get("appointment_state") == "cancelled" or vals.get("active") is False:
            self._get_assignments()._cancel_from_calendar()
        elif not STEP_FIELDS.isdisjoint(vals):
            self._get_assignments()._move_from_calendar()
        if is_shown:
            self._notify_boards(before)
        return res

    @api.depends_context("uid")
    def _compute_display_name(self):
        super()._compute_display_name()
        # Names of linked records are read as superuser: what it is for is told to who reads it.
        hidden = self - self._filter_readable_by_user()
        hidden.display_name = self.env._("Busy")

    @api.depends("assignment_ids", "fsm_order_id", "appointment_kind")
    def _compute_is_reopenable(self):
        super()._compute_is_reopenable()
        for event in self.filtered("is_reopenable"):
            # sudo: who reads the visit may not read its assignment
            event.is_reopenable = not event.sudo()._is_planned_by_assignment()

    def action_appointment_reopen(self):
        # In the calendar alone, nobody would be planned.
        for event in self.filtered(lambda event: event.appointment_state != "planned"):
            visit = event.sudo()  # sudo: who reads the visit may not read its assignment
            if visit._is_planned_by_assignment():
                raise UserError(
                    self.env._(
                        "«%(visit)s» was planned by an assignment. Plan %(job)s again, on the "
                        "board or its form.",
                        visit=visit.name,
                        job=visit.fsm_order_id.name,
                    )
                )
        return super().action_appointment_reopen()

    def _check_plan_is_kept(self, vals):
        """Refuse that who does not plan changes what the plan says of these visits.

        :param dict vals: values about to be written
        """
        names = (PLANNED_FIELDS | STEP_FIELDS) & vals.keys()
        if self.env.su or not names:
            return
        changed = self.sudo().filtered(  # sudo: whoever reads it
            lambda event: any(event._is_changed_by(name, vals[name]) for name in names)
        )
        # sudo: guests of a meeting may not read its block; one that is done is evidence
        blocks = changed.sudo().assignment_ids.filtered(lambda block: block.state in KEPT_STATES)
        if blocks:
            blocks.sudo(False)._check_may_move_in_calendar()

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
        self._notify_boards()
        self._get_assignments()._cancel_from_calendar()

    def _get_told_tz(self):
        # A visit is told in the zone of who goes, who may have no user.
        block = self.sudo().assignment_ids[:1]  # sudo: who reads the visit may not read its block
        return block._get_tz() if block else super()._get_told_tz()

    def _filter_unknown(self):
        """Those of these events that nobody who attends them has been told of yet."""
        # sudo: what waits to be told is nobody's to read
        rows = self.env["sercom.appointment.notice"].sudo()
        rows = rows.search([("event_id", "in", self.ids), ("is_told", "=", False)])
        untold = {event.id: some.partner_id for event, some in rows.grouped("event_id").items()}
        return self.filtered(
            lambda event: event.id in untold and event.partner_ids <= untold[event.id]
        )

    def _get_board_changes(self):
        """What boards are told of these appointments; of a job's visits, its blocks tell.

        :return: ``{company: keyword arguments of its _notify_boards}``
        """
        # sudo: boards show all, whoever changes an appointment
        events = self.sudo().filtered(lambda event: event.service_file_id)
        events = events.filtered(lambda event: not event.fsm_order_id)
        return {
            company: {
                "partner_ids": own.partner_ids.ids,
                # Whole days are those of each person.
                "starts": [event.start - WIDEST for event in own],
                "ends": [event.stop + WIDEST for event in own],
            }
            for company, own in events.grouped(lambda one: one.service_file_id.company_id).items()
        }

    def _notify_boards(self, before=None):
        """Have the boards told of these appointments.

        :param dict before: ``_get_board_changes`` before a change
        """
        for changes in (before or {}, self._get_board_changes()):
            for company, values in changes.items():
                company._notify_boards(**values)

    def _get_assignments(self):
        """Live assignments of these events, with the rights of the user who moves them."""
        blocks = self.sudo().assignment_ids  # sudo: guests of a meeting may not read its block
        return blocks.filtered(lambda block: block.state == "confirmed").sudo(self.env.su)
