from odoo import models


class CalendarEvent(models.Model):
    """Events without a reminder set none: Odoo looks for its scheduled action at each write."""

    _inherit = "calendar.event"

    def _setup_alarms(self):
        events = self.filtered("alarm_ids")
        return super(CalendarEvent, events)._setup_alarms() if events else {}


class CalendarRecurrence(models.Model):
    _inherit = "calendar.recurrence"

    def _setup_alarms(self, recurrence_update=False):
        # Odoo calls it for each event that moves, also for none: it would write them one by one.
        return super()._setup_alarms(recurrence_update) if self else None
