from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ...tools.sla.sla_clock import SlaClock
from ...tools.work_time.work_time import from_epoch, get_zone
from ..work_time.sercom_work_time import Worker

DAY = timedelta(days=1)
HOUR_FIELDS = {
    "attendance_ids",
    "flexible_hours",
    "hours_per_day",
    "hours_per_week",
    "schedule_type",
    "two_weeks_calendar",
    "tz",
}


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def _get_sla_clock(self, company, start, end):
        """Clock of this calendar's working hours, without the public holidays.

        The empty calendar works around the clock.

        :param company: ``res.company`` whose public holidays count, with the calendar's own
        :param datetime start: naive UTC
        :param datetime end: naive UTC
        :return: ``tools.sla_clock.SlaClock``
        """
        if not self:
            return SlaClock([(start, end)])
        worker = Worker(
            zone=get_zone(self.sudo().tz),  # sudo: working hours are no secret
            company_id=company.id,
            periods=[(None, None, self._origin.id)],
        )
        # A day more on both sides: in no zone a date begins further from UTC.
        self.env["sercom.work.time"]._load_work_times(
            [worker], start.date() - DAY, end.date() + 2 * DAY
        )
        return SlaClock(
            [(from_epoch(first), from_epoch(last)) for first, last in worker.work.hours]
        )

    def write(self, vals):
        res = super().write(vals)
        if not HOUR_FIELDS.isdisjoint(vals):
            self._recompute_sla()
        return res

    def _recompute_sla(self):
        """Reckon the open jobs whose clock follows one of these calendars anew."""
        if self:
            self.env["fsm.order"]._recompute_sla(self._get_sla_domain())

    def _get_sla_domain(self):
        """Jobs whose clock follows one of these calendars."""
        own = Domain("sla_policy_id.calendar_id", "in", self.ids)
        company = Domain("sla_policy_id.calendar_id", "=", False)
        return own | company & Domain("company_id.resource_calendar_id", "in", self.ids)
