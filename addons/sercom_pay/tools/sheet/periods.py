"""Pay periods and weeks, cut at the days of the person who is paid."""

from calendar import monthrange
from datetime import timedelta

WEEK = "week"
TWO_WEEKS = "two_weeks"
HALF_MONTH = "half_month"
_DAYS = {WEEK: 7, TWO_WEEKS: 14}


def find_period(day, kind, first_day):
    """The pay period that a day is in.

    :param date day: any day of it
    :param str kind: ``week``, ``two_weeks`` or ``half_month`` (1–15, 16–end)
    :param date first_day: a day on which a period began; half months do not ask for it
    :return: ``(first day, last day)``
    """
    if kind == HALF_MONTH:
        if day.day <= 15:
            return day.replace(day=1), day.replace(day=15)
        return day.replace(day=16), day.replace(day=monthrange(day.year, day.month)[1])
    length = _DAYS[kind]
    start = day - timedelta(days=(day - first_day).days % length)
    return start, start + timedelta(days=length - 1)


def find_week(day, first_day):
    """First day of the week that a day is in; weeks begin on the weekday of ``first_day``."""
    return day - timedelta(days=(day - first_day).days % 7)
