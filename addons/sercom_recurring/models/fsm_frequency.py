from odoo import models

from ..tools.recurrence import Rule

UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}


class FsmFrequency(models.Model):
    _inherit = "fsm.frequency"

    def _get_recurrence_rule(self):
        """This one frequency as a ``Rule``.

        A day of the month that is asked for by number is that day only, as fieldservice has it:
        the 31st is no other day in shorter months.
        """
        self.ensure_one()
        weekdays = self._byweekday() or []
        return Rule(
            UNITS[self.interval_type],
            self.interval,
            weekdays=tuple(day.weekday for day in weekdays),
            months=tuple(self._bymonth() or ()),
            month_day=self._bymonthday() or 0,
            set_position=self._bysetpos() or 0,
            skip_short_months=self.use_bymonthday,
            is_exclusive=self.is_exclusive,
        )
