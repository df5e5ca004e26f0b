from datetime import timedelta

import pytz

from odoo import models
from odoo.fields import Domain

from ...tools.sla.sla_clock import SlaClock


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
        # Flexible hours are shared out over weeks counted from the start: let it not move them.
        start -= timedelta(days=start.weekday())
        start = start.replace(hour=0, minute=0, second=0, microsecond=0)
        # sudo: holidays of the company, for who reads no leaves
        intervals = self.sudo()._work_intervals_batch(
            pytz.utc.localize(start),
            pytz.utc.localize(end),
            domain=[("time_type", "=", "leave"), ("company_id", "in", (company.id, False))],
        )[False]
        return SlaClock([(_to_utc(first), _to_utc(last)) for first, last, _meta in intervals])

    def write(self, vals):
        res = super().write(vals)
        if not {"tz", "flexible_hours", "attendance_ids", "hours_per_day"}.isdisjoint(vals):
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


def _to_utc(instant):
    """Naive UTC to the second; Odoo ends a day one microsecond before midnight."""
    instant = instant.astimezone(pytz.utc).replace(tzinfo=None)
    return (instant + timedelta(microseconds=1)).replace(microsecond=0)
