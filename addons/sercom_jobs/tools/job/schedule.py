"""Start, end and length of a block of work."""

from datetime import timedelta

DEFAULT_HOURS = 1.0


MINUTE = timedelta(minutes=1)


class BackwardBlockError(ValueError):
    """The block would end before it starts."""


def to_minute(moment):
    """Round to the nearest minute: work is planned in whole minutes, whoever writes it.

    :param datetime moment: or ``None``, which stays
    """
    if not moment:
        return moment
    half = moment + MINUTE / 2
    return half.replace(second=0, microsecond=0)


def complete_block(start=None, end=None, hours=None, default_hours=DEFAULT_HOURS):
    """Complete what is missing of a block, so that its three figures always agree.

    Start and end are whole minutes. A start without a length gets ``default_hours``: a block of
    no length would hide that the person is busy.

    :param datetime start: UTC
    :param datetime end: UTC; with ``start``, it wins over ``hours``
    :param float hours: length in hours
    :param float default_hours: length of a block that has none
    :return: ``(start, end, hours)``, all set, or ``(None, None, hours)`` without a date
    :raises BackwardBlockError: when the end is not after the start, or ``hours`` is negative
    """
    if hours is not None and hours < 0:
        raise BackwardBlockError(f"{hours} hours")
    if start and end and end <= start:
        raise BackwardBlockError(f"{start} – {end}")
    length = timedelta(hours=hours or default_hours)
    if start:
        end = end or to_minute(start) + length
    elif end:
        start = to_minute(end) - length
    else:
        return None, None, hours or 0.0
    start = to_minute(start)
    end = max(to_minute(end), start + MINUTE)  # one of them at least
    return start, end, (end - start).total_seconds() / 3600


def overlaps(start, end, other_start, other_end):
    """Whether two half-open spans ``[start, end)`` share an instant: 10–11 and 11–12 do not."""
    return start < other_end and other_start < end


def find_overlap(blocks):
    """Find two blocks of one person that share an instant.

    :param blocks: iterable of ``(person, start, end, …)``
    :return: the two blocks, the earlier first, or ``None``
    """
    last = {}
    for block in sorted(blocks, key=lambda block: block[:3]):
        person, start, _end = block[:3]
        if person in last and start < last[person][2]:
            return last[person], block
        last[person] = block
    return None


def get_visit_hours(duration, sold_hours, people=1):
    """Tell how long a visit takes that nobody has planned yet.

    Sold hours are hours of work, shared by the people who come; a duration that was never set
    apart from them is those hours.

    :param float duration: hours of the visit, 0 when unknown
    :param float sold_hours: hours of work sold for all people together
    :param int people: how many come at once
    :return: hours of each person's block
    """
    if duration and abs(duration - sold_hours) > 1 / 60:
        return duration
    return round((sold_hours or duration) / max(people, 1), 2) or DEFAULT_HOURS
