"""When an all-day appointment really is.

Odoo stores it from 08:00 to 18:00 UTC whatever the time zone, and means whole days on the wall
(``calendar.event``, "Convention break"): everybody who reads its start and stop as moments is
wrong by hours, and west of Greenwich in the morning by a day.
"""

from datetime import date, datetime, time, timedelta

from .local_time import day_start, to_local

DAY_START, DAY_STOP = time(8), time(18)
# No zone is further from UTC: what is read by the stored times is read this much wider.
WIDEST = timedelta(days=1)


def start_of_day(day, zone):
    """Answer when a date begins in a time zone.

    :param date day: or a datetime, whose date counts
    :param str zone: name of a time zone; UTC for none
    :return: naive UTC datetime
    """
    return day_start(date(day.year, day.month, day.day), zone or "UTC")


def get_span(start, stop, allday, zone):
    """Answer when an event begins and ends for somebody.

    :param datetime start: UTC, as stored
    :param datetime stop: UTC, as stored
    :param bool allday: whether it means whole days
    :param str zone: name of the person's time zone
    :return: ``(start, stop)``, naive UTC datetimes
    """
    if not allday:
        return start, stop
    return start_of_day(start, zone), start_of_day(stop + timedelta(days=1), zone)


def get_stored_span(start, stop, zone):
    """The opposite: what Odoo stores of whole days.

    :return: ``(start, stop)``, or ``None`` when the span is not made of whole days of the zone
    """
    first, after = (to_local(moment, zone or "UTC") for moment in (start, stop))
    if first.time() != time() or after.time() != time() or first >= after:
        return None
    last = after.date() - timedelta(days=1)
    return datetime.combine(first, DAY_START), datetime.combine(last, DAY_STOP)
