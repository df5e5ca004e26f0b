"""Rules of a technician's day on the phone: when a client may expect somebody."""

from datetime import datetime, timedelta

STEP = timedelta(minutes=5)
# How long a window the client is told: what traffic may add.
WINDOW = timedelta(minutes=30)
# Whoever says "on my way" without anybody knowing from where.
UNKNOWN_ROAD = timedelta(minutes=15)


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
