"""Rules of the clock: when a punch happened, where it falls, and how its hours split by day."""

from datetime import datetime, timedelta

from odoo.addons.sercom_requests.tools.local_time import day_start, local_date

# A phone that does not tell its own time may be a little ahead of the server.
TOLERANCE = timedelta(minutes=5)
# A punch older than this is no longer taken: somebody looks at it.
LATEST = timedelta(days=7)


class FutureMomentError(ValueError):
    """The punch would have happened later than now."""


class OldMomentError(ValueError):
    """The punch happened too long ago to be taken without a look."""


class UnreadableMomentError(ValueError):
    """The text is no moment, or says its own time zone."""


def parse_moment(text):
    """Read a moment that a device sends: ``2026-11-03 14:05:00``, UTC, without zone.

    :param text: text, or a naive datetime
    :return: naive UTC datetime, to the second
    :raises UnreadableMomentError: when it cannot be read so
    """
    try:
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnreadableMomentError(str(text)) from error
    if moment.tzinfo:
        raise UnreadableMomentError(str(text))
    return moment.replace(microsecond=0)


def true_moment(moment, sent, now):
    """Tell when something really happened that a device stamped by its own clock.

    The error of the device's clock is what it showed when sending, less the server's time; the
    time on the way is neglected.

    :param datetime moment: when it happened, by the device's clock (UTC, naive)
    :param datetime sent: what that clock showed when sending; ``None`` when it was not told
    :param datetime now: the server's time (UTC, naive)
    :return: naive UTC datetime, never later than ``now``
    :raises FutureMomentError: when it would be later than now
    :raises OldMomentError: when it is older than a week
    """
    if sent is not None:
        if moment > sent:
            raise FutureMomentError(str(moment))
        moment -= sent - now
    elif moment > now + TOLERANCE:
        raise FutureMomentError(str(moment))
    if moment < now - LATEST:
        raise OldMomentError(str(moment))
    return min(moment, now)


def find_span(spans, moment):
    """Position of the span that a moment falls in: ``start <= moment < end``; ``None`` if none.

    :param spans: ``(start, end)``, ordered, apart from each other; the end is ``None`` while open
    """
    for position, (start, end) in enumerate(spans):
        if start <= moment and (not end or moment < end):
            return position
    return None


def insert_start(spans, moment):
    """Tell what a start does to a person's spans, wherever it falls between them.

    Work goes on until the next punch. So the span that the start falls in ends there, and the
    new one takes over its end; outside of any, it lasts until the next one begins. A punch that
    arrives late gives the same spans as if it had come in time.

    :param spans: ``(start, end)``, ordered; the end is ``None`` while open
    :param datetime moment: when the start happened
    :return: ``(position of the span that ends at moment or None, end of the new one or None)``
    """
    position = find_span(spans, moment)
    if position is not None:
        return position, spans[position][1]
    return None, min((start for start, _end in spans if start > moment), default=None)


def split_by_day(start, end, zone):
    """Share a span among the days of a person, cut at midnight by their clocks.

    Hours are hours that passed: a night on which clocks change has one more or one less. An end
    at midnight belongs to the day before.

    :param datetime start: UTC, naive
    :param datetime end: UTC, naive
    :param str zone: name of the person's time zone
    :return: list of ``(date, hours)``, empty when no time passed
    """
    days = []
    while start < end:
        day = local_date(start, zone)
        until = min(end, day_start(day + timedelta(days=1), zone))
        days.append((day, (until - start).total_seconds() / 3600))
        start = until
    return days


def hours_to_allocate(wanted, fixed, tolerance=1 / 7200):
    """Tell what editable hours must hold, so that they and the fixed ones are what is wanted.

    :param dict wanted: ``{key: hours}``
    :param dict fixed: ``{key: hours}`` that can no longer be changed
    :param float tolerance: hours that are nothing: half a second
    :return: ``{key: hours}`` of keys that still need some, less than 0 to take hours back
    """
    needs = {key: wanted.get(key, 0.0) - fixed.get(key, 0.0) for key in {*wanted, *fixed}}
    return {key: hours for key, hours in needs.items() if abs(hours) > tolerance}
