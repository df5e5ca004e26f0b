"""The clock of a service level: it runs in working hours only, and stands during pauses.

All instants are naive UTC, all spans half-open ``[start, end)``. A pause whose end is ``None`` is
still running.
"""

from bisect import bisect_left, bisect_right
from datetime import timedelta
from itertools import accumulate

ZERO = timedelta()
OPEN_STATUSES = ("on_track", "at_risk", "late")
# From the best to the worst; a target that is still open says more than one that is closed.
SEVERITY = ("met", "missed", *OPEN_STATUSES)


def to_timedelta(hours):
    """Hours as a whole number of seconds: what a database keeps of an instant."""
    return timedelta(seconds=round(hours * 3600))


def merge_spans(spans):
    """Sort spans and join those that touch or overlap; empty ones go, ``None`` is endless.

    :param spans: ``(start, end)``, in any order
    :return: list of disjoint ``(start, end)``
    """
    merged = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        if end is not None and end <= start:
            continue
        if merged and (merged[-1][1] is None or start <= merged[-1][1]):
            last_start, last_end = merged[-1]
            both = last_end is not None and end is not None
            merged[-1] = (last_start, max(last_end, end) if both else None)
        else:
            merged.append((start, end))
    return merged


class SlaClock:
    """Working intervals of one calendar, known up to some instant.

    How to use: make one for a calendar and ask it about as many targets as there are. An answer
    costs a binary search, not a walk through the calendar.
    """

    def __init__(self, intervals):
        """:param intervals: working ``(start, end)``, sorted or not"""
        spans = merge_spans(intervals)
        self._starts = [start for start, _end in spans]
        self._ends = [end for _start, end in spans]
        lengths = [end - start for start, end in spans]
        self._after = list(accumulate(lengths))
        self._before = [total - length for total, length in zip(self._after, lengths, strict=True)]

    def _get_total(self, instant):
        """Working time from the first interval to ``instant``."""
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return ZERO
        return self._before[index] + min(instant, self._ends[index]) - self._starts[index]

    def get_worked(self, start, end):
        """Working time between two instants; none when ``end`` is not after ``start``."""
        return max(ZERO, self._get_total(end) - self._get_total(start)) if end > start else ZERO

    def _reach(self, start, length):
        """First instant from ``start`` on after ``length`` of working time.

        :return: the instant, ``None`` when the known intervals do not hold that much
        """
        if not length:
            # Nothing to count: the clock answers as soon as it runs.
            index = bisect_right(self._ends, start)
            return max(start, self._starts[index]) if index < len(self._starts) else None
        total = self._get_total(start) + length
        index = bisect_left(self._after, total)
        if index == len(self._after):
            return None
        return self._starts[index] + (total - self._before[index])

    def get_deadline(self, start, hours, pauses=()):
        """First instant at which the clock, started at ``start``, shows ``hours``.

        :param datetime start: inside or outside working hours
        :param float hours: target, in working hours; 0 is due as soon as the clock runs
        :param pauses: ``(start, end)``, in any order
        :return: the deadline; ``None`` while a running pause stops the clock before the target,
            or when the known intervals end before it (without a running pause, ask again with
            more of them)
        """
        left = to_timedelta(hours)
        instant = start
        for pause_start, pause_end in merge_spans(pauses):
            if pause_end is not None and pause_end <= instant:
                continue
            if pause_start > instant:
                deadline = self._reach(instant, left)
                if deadline is not None and deadline <= pause_start:
                    return deadline
                left -= self.get_worked(instant, pause_start)
            if pause_end is None:
                return None
            instant = pause_end
        return self._reach(instant, left)

    def get_elapsed(self, start, instant, pauses=()):
        """Hours that the clock, started at ``start``, shows at ``instant``.

        :return: working hours without those of the pauses
        """
        elapsed = self.get_worked(start, instant)
        for pause_start, pause_end in merge_spans(pauses):
            until = instant if pause_end is None else min(pause_end, instant)
            elapsed -= self.get_worked(max(pause_start, start), until)
        return elapsed.total_seconds() / 3600


def get_status(deadline, at_risk_on, done_at, now):
    """State of one target.

    A clock that a running pause stops gives ``None`` for what it has not reached, so that a
    target keeps while paused the status it had when the pause began.

    :param deadline: last instant that keeps the promise, ``None`` for not reached
    :param at_risk_on: instant from which the target is at risk, ``None`` for not reached
    :param done_at: when it was done, falsy for not yet
    :param datetime now: the present
    :return: ``met`` or ``missed`` when done, else ``on_track``, ``at_risk`` or ``late``
    """
    if done_at:
        return "missed" if deadline and done_at > deadline else "met"
    if deadline and now > deadline:
        return "late"
    if at_risk_on and now >= at_risk_on:
        return "at_risk"
    return "on_track"


def get_worst(statuses):
    """Worst of some statuses: of the open targets while there are any, else of the closed ones.

    :return: a status, ``None`` without any
    """
    return max(filter(None, statuses), key=SEVERITY.index, default=None)
