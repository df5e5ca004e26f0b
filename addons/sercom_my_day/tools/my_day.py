"""Rules of a technician's day on the phone: where days begin, and when a client sees somebody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=5)
# How long a window the client is told: what traffic may add.
WINDOW = timedelta(minutes=30)
# Whoever says "on my way" without anybody knowing from where.
UNKNOWN_ROAD = timedelta(minutes=15)


def local_days(first, count, zone):
    """Bounds of consecutive days by the clocks of a zone.

    :param date first: first day
    :param int count: how many
    :param str zone: name of the time zone
    :return: ``count + 1`` naive UTC datetimes: each day's start, and the last one's end
    """
    local = ZoneInfo(zone)
    midnights = (
        datetime.combine(first + timedelta(days=day), datetime.min.time(), tzinfo=local)
        for day in range(count + 1)
    )
    return [midnight.astimezone(UTC).replace(tzinfo=None) for midnight in midnights]


def local_date(moment, zone):
    """Date that the clocks of a zone show.

    :param datetime moment: UTC, naive
    :param str zone: name of the time zone
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def arrival_window(moment, planned_start, minutes=None):
    """When a client may expect who is on the way.

    With the road known, the arrival is what it takes. Without, it is the planned start, or soon
    when that is past already.

    :param datetime moment: when the person left
    :param datetime planned_start: of the visit
    :param float minutes: how long the road takes; ``None`` when nobody knows
    :return: ``(earliest, latest)``, at full five minutes
    """
    if minutes is None:
        expected = max(planned_start, moment + UNKNOWN_ROAD)
    else:
        expected = moment + timedelta(minutes=minutes)
    midnight = datetime.combine(expected.date(), datetime.min.time())
    early = midnight + (expected - midnight) // STEP * STEP
    return early, early + WINDOW
