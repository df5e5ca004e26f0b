"""Local time: what clocks in a time zone show, and when they show it.

Moments are naive UTC, as Odoo stores them; a zone is its name, as a record's ``tz``.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def to_local(moment, zone):
    """Tell what clocks in a time zone show at a moment.

    :param datetime moment: UTC, naive
    :param str zone: name of a time zone
    :return: naive local datetime
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def to_utc(moment, zone):
    """Answer when clocks in a time zone show a local moment; the opposite of ``to_local``.

    An hour that a clock change skips is taken an hour later, as clocks show it then; one that
    happens twice, the first time.

    :param datetime moment: local, naive
    :param str zone: name of a time zone
    :return: naive UTC datetime
    """
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def local_date(moment, zone):
    """Date that clocks in a time zone show at a moment (UTC, naive)."""
    return to_local(moment, zone).date()


def day_start(day, zone):
    """When a date begins in a time zone, as naive UTC."""
    return to_utc(datetime.combine(day, time()), zone)


def local_days(first, count, zone):
    """Bounds of consecutive days by the clocks of a time zone.

    :param date first: first day
    :param int count: how many
    :param str zone: name of a time zone
    :return: ``count + 1`` naive UTC datetimes: each day's start, and the last one's end
    """
    return [day_start(first + timedelta(days=day), zone) for day in range(count + 1)]


def add_days(moment, days, zone):
    """Move a moment by whole days, so that local clocks show the same hour.

    :param datetime moment: UTC, naive
    :param int days: may be negative
    :param str zone: name of a time zone
    :return: naive UTC datetime
    """
    return to_utc(to_local(moment, zone) + timedelta(days=days), zone)
