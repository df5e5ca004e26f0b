"""What speaks against the times that somebody says they worked."""

from datetime import timedelta

MAX_HOURS = 24.0
# The phone's clock and the server's differ a little.
CLOCK_ERROR = timedelta(minutes=2)


def find_error(start, end, now, max_hours=MAX_HOURS):
    """Find what cannot be in the times of one entry.

    :param datetime start: check-in, UTC
    :param end: check-out, UTC; ``None`` while the entry is open
    :return: ``"backward"``, ``"future"``, ``"long"``, or ``None`` when they can be
    """
    if end and end <= start:
        return "backward"
    if max(start, end or start) > now + CLOCK_ERROR:
        return "future"
    if end and end - start > timedelta(hours=max_hours):
        return "long"
    return None
