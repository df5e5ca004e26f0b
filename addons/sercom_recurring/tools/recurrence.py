"""Dates on which something comes back, and the instants they fall on.

Dates are cut in the local time zone and turned into UTC one by one, so that a visit at 8:00 stays
at 8:00 when clocks change.
"""

from collections import namedtuple
from dataclasses import dataclass
from datetime import datetime, time

from dateutil import rrule
from dateutil.relativedelta import relativedelta

from odoo.addons.sercom_requests.tools.local_time import to_utc

FREQUENCIES = {
    "day": rrule.DAILY,
    "week": rrule.WEEKLY,
    "month": rrule.MONTHLY,
    "year": rrule.YEARLY,
}
MONTH_END = 28  # the last day that every month has

# One time that something comes back: its local date, and its start in UTC.
Occurrence = namedtuple("Occurrence", "day start")


@dataclass(frozen=True)
class Rule:
    """How often something comes back.

    ``interval`` counts units (every 2 weeks) from the first date. ``weekdays`` count from 0,
    Monday; with ``position`` they are the nth of the month (-1: the last). ``months`` count from
    1. A ``month_day`` that a month lacks is its last day, unless ``skip_short_months``. What is
    not said is as on the first date. ``set_position`` keeps the nth date of each unit only.
    An ``is_exclusive`` rule takes its dates away from the others.
    """

    unit: str
    interval: int = 1
    weekdays: tuple = ()
    position: int = 0
    months: tuple = ()
    month_day: int = 0
    set_position: int = 0
    skip_short_months: bool = False
    is_exclusive: bool = False

    def expand(self, first, until=None):
        """Elementary rules of ``dateutil`` that together are this one.

        :param date first: date that the rule counts from
        :param date until: last date wanted
        """
        options = {
            "freq": FREQUENCIES[self.unit],
            "interval": max(self.interval, 1),
            "dtstart": datetime.combine(first, time()),
            "until": until and datetime.combine(until, time()),
        }
        # The nth weekday of a year is the nth of a month, like any other date of it.
        months = self.months or ((first.month,) if self._is_nth_of_year() else ())
        if months:
            options["bymonth"] = months
        if self.weekdays:
            options["byweekday"] = [
                rrule.weekday(day, self.position or None) for day in self.weekdays
            ]
        if self.set_position:
            options["bysetpos"] = self.set_position
        day = self._get_month_day(first)
        if not day:
            return [rrule.rrule(**options)]
        if self.unit == "year" and not self.skip_short_months:
            # One rule for each month: the end of the month is then one date of the year.
            months = self.months or (first.month,)
            return [
                rrule.rrule(**{**options, "bymonth": month, **self._get_day_options(day)})
                for month in months
            ]
        return [rrule.rrule(**options, **self._get_day_options(day))]

    def _is_nth_of_year(self):
        return self.unit == "year" and bool(self.position)

    def _get_month_day(self, first):
        """Day of the month that the rule asks for; 0 when it does not count in such days."""
        by_date = self.unit in ("month", "year") and not self.weekdays
        return self.month_day or (first.day if by_date else 0)

    def _get_day_options(self, day):
        if day <= MONTH_END or self.skip_short_months or self.set_position:
            return {"bymonthday": day}
        return {"bymonthday": tuple(range(MONTH_END, day + 1)), "bysetpos": -1}


def iterate_days(rules, first, after=None, until=None):
    """Yield the dates of several rules, each once, in order.

    :param rules: iterable of ``Rule``
    :param date first: date that the rules count from; no date is before it
    :param date after: first date wanted, if later than ``first``
    :param date until: last date wanted; ``None`` goes on for ever
    """
    dates = rrule.rruleset()
    kept = False
    for rule in rules:
        for elementary in rule.expand(first, until):
            (dates.exrule if rule.is_exclusive else dates.rrule)(elementary)
            kept = kept or not rule.is_exclusive
    if not kept:
        return
    after = max(first, after or first)
    for moment in dates:
        day = moment.date()
        if day >= after:
            yield day


def iterate_occurrences(rules, first, zone, after=None, until=None):
    """Yield the ``Occurrence`` of several rules, in order, always at the same local time.

    :param rules: iterable of ``Rule``
    :param datetime first: local date and time of the first one, naive
    :param str zone: name of the time zone that ``first`` is in
    :param date after: first date wanted
    :param date until: last date wanted
    """
    last = None
    for day in iterate_days(rules, first.date(), after, until):
        start = to_utc(datetime.combine(day, first.time()), zone)
        # A day that a zone skipped altogether would fall on the next one's instant.
        if last is None or start > last:
            yield Occurrence(day, start)
            last = start


def get_period(day, months):
    """First and last date of the period of ``months`` months (1, 3, 12) that a date is in.

    :param date day: any date
    :param int months: divides twelve; periods begin in January
    """
    start = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return start, start + relativedelta(months=months, days=-1)


def pair_days(old, new):
    """Pair dates already made with those a changed rule asks for.

    A date that both have stays; the others take each other's place in order.

    :param old: dates made, in order
    :param new: dates asked for, in order
    :return: ``{old date: new date}``; an old date without partner is left out
    """
    same = set(old) & set(new)
    pairs = {day: day for day in same}
    left = [day for day in old if day not in same]
    free = [day for day in new if day not in same]
    pairs.update(zip(left, free, strict=False))
    return pairs
