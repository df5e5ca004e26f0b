"""Start, end and length of a block of work."""

from datetime import timedelta

DEFAULT_HOURS = 1.0


class BackwardBlockError(ValueError):
    """The block would end before it starts."""


def complete_block(start=None, end=None, hours=None, default_hours=DEFAULT_HOURS):
    """Complete what is missing of a block, so that its three figures always agree.

    A start without a length gets ``default_hours``: a block of no length would hide that the
    person is busy.

    :param datetime start: UTC
    :param datetime end: UTC; with ``start``, it wins over ``hours``
    :param float hours: length in hours
    :param float default_hours: length of a block that has none
    :return: ``(start, end, hours)``, all set, or ``(None, None, hours)`` without a date
    :raises BackwardBlockError: when the end is not after the start, or ``hours`` is negative
    """
    if hours is not None and hours < 0:
        raise BackwardBlockError(f"{hours} hours")
    if start and end:
        if end <= start:
            raise BackwardBlockError(f"{start} – {end}")
        return start, end, (end - start).total_seconds() / 3600
    length = hours or default_hours
    if start:
        return start, start + timedelta(hours=length), length
    if end:
        return end - timedelta(hours=length), end, length
    return None, None, hours or 0.0


def overlaps(start, end, other_start, other_end):
    """Whether two half-open spans ``[start, end)`` share an instant: 10–11 and 11–12 do not."""
    return start < other_end and other_start < end
