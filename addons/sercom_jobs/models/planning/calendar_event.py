from odoo import api, fields, models

STEP_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday"}


class CalendarEvent(models.Model):
    """The event of a confirmed assignment: what happens to it in the calendar moves the block.

    An assignment that moves writes its event's times, and so finds them here as they already
    are; one that is cancelled has let its event go. Nothing comes back to it.
    """

    _inherit = "calendar.event"

    assignment_ids = fields.One2many("sercom.assignment", "calendar_event_id")

    def write(self, vals):
        res = super().write(vals)
        if vals.get("appointment_state") == "cancelled" or vals.get("active") is False:
            self._get_assignments()._cancel_from_calendar()
        elif not STEP_FIELDS.isdisjoint(vals):
            self._get_assignments()._move_from_calendar()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_cancels_assignment(self):
        self._get_assignments()._cancel_from_calendar()

    def _is_unknown(self):
        """Whether none of those who attend this one event has been told of it yet."""
        rows = self.env["sercom.appointment.notice"].sudo()
        rows = rows.search([("event_id", "=", self.id), ("is_told", "=", False)])
        return bool(rows) and self.partner_ids <= rows.partner_id

    def _get_assignments(self):
        """Live assignments of these events, with the rights of the user who moves them."""
        blocks = self.sudo().assignment_ids
        return blocks.filtered(lambda block: block.state == "confirmed").sudo(self.env.su)
