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
    return window_from(expected)


def window_from(expected):
    """From when to when a client waits for who is expected at a moment, at full five minutes."""
    midnight = datetime.combine(expected.date(), datetime.min.time())
    early = midnight + (expected - midnight) // STEP * STEP
    return early, early + WINDOW


# How far apart two reckonings of one moment may be that say the same.
CLOSE = timedelta(minutes=2)


def settle_moment(moment, now, sent=None, offset=None, is_offset_sure=False, age=None):
    """Tell when something happened that a phone stamped by a clock which may have been set since.

    There are up to three reckonings: the phone's clock was as wrong when sending as at the moment
    (``sent``); it was as wrong at the moment as when the server last told it the time
    (``offset``); and a second clock counted since the moment, which nobody sets but which may
    stand still while the phone sleeps (``age``: it was at least so long ago). Two that agree, or
    one that is sure, prove the moment.

    :param datetime moment: by the phone's clock (UTC, naive), as the others
    :param datetime now: the server's time
    :param datetime sent: what the phone's clock showed when sending; ``None`` when it was right
    :param float offset: seconds that the server was ahead when it last told its time
    :param bool is_offset_sure: whether the phone's clock went on undisturbed since then
    :param float age: seconds from the moment to the sending; ``None`` for unknown
    :return: ``(moment, is_proven)``
    """
    by_sent = moment + (now - sent) if sent else moment
    by_offset = moment + timedelta(seconds=offset) if offset is not None else None
    by_age = now - timedelta(seconds=age) if age is not None else None
    known = [one for one in (by_sent, by_offset) if one and one <= (by_age or now) + CLOSE]
    if is_offset_sure and by_offset in known:
        return min(_prefer(by_sent, by_offset), now), True
    if by_sent in known and (by_offset is None or _is_close(by_sent, by_offset)):
        return min(by_sent, now), True
    for one in known if by_age else ():
        if _is_close(one, by_age):
            return min(one, now), True
    return min([by_offset if by_offset in known else by_age or now, now]), False


def _is_close(one, two):
    return abs(one - two) <= CLOSE


def _prefer(usual, sure):
    """The usual reckoning, which keeps the order of punches, where it says the same."""
    return usual if _is_close(usual, sure) else sure
