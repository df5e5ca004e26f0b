"""When a clock entry counts as forgotten, and which end to propose for it.

All moments are naive datetimes in UTC. Working hours come as spans that are already cut in the
person's own zone, so a night in which clocks change needs no care here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Shifts closer than this make one working day: lunch, or a night that goes past midnight.
DAY_GAP = timedelta(hours=5)
# Who clocks in this long before their shift came early; longer before it, it is other work.
EARLY = timedelta(hours=4)


@dataclass(frozen=True)
class Entry:
    """What is known of an entry whose end is not.

    :ivar check_in: when it began
    :ivar block_end: end of the assignment's block that the entry is for
    :ivar day_block_end: end of the last block planned for the person on that day
    :ivar planned_hours: hours planned for the person on the job, 0 when unknown
    :ivar shifts: working hours around the entry, ``(start, end)`` in order; none for people
        without working hours
    """

    check_in: datetime
    block_end: datetime | None = None
    day_block_end: datetime | None = None
    planned_hours: float = 0.0
    shifts: tuple = ()


def get_working_day(shifts, moment):
    """Find the working day that a moment belongs to, from its first shift to its last.

    :param shifts: ``(start, end)`` in order, disjoint
    :return: ``(start, end)``, or ``None`` when nobody works then, nor soon after
    """
    days = []
    for start, end in shifts:
        if days and start - days[-1][1] < DAY_GAP:
            days[-1] = (days[-1][0], end)
        else:
            days.append((start, end))
    for start, end in days:
        if moment < end:
            return (start, end) if start - moment < EARLY else None
    return None


def get_ends(entry):
    """Ends that the entry may have had, the likeliest first.

    :return: list of moments after the check-in: the end of its block, of the working day, and
        the check-in with the planned hours
    """
    day = get_working_day(entry.shifts, entry.check_in)
    planned = timedelta(hours=entry.planned_hours)
    ends = (entry.block_end, day and day[1], entry.check_in + planned)
    return [end for end in ends if end and end > entry.check_in]


def get_expected_end(entry):
    """When the person should have clocked out at the latest, as far as anything says it.

    A job that takes longer than its block is no forgotten one while the day lasts.

    :return: a moment, or ``None`` when neither plan nor working hours say anything
    """
    day = get_working_day(entry.shifts, entry.check_in)
    ends = [
        end
        for end in (entry.block_end, entry.day_block_end, day and day[1])
        if end and end > entry.check_in
    ]
    return max(ends) if ends else next(iter(get_ends(entry)), None)


def is_forgotten(entry, now, tolerance, max_hours):
    """Tell whether an open entry counts as forgotten.

    :param float tolerance: hours after the expected end that nobody asks about
    :param float max_hours: hours after which nobody is believed to be still at work; 0 for never
    """
    if max_hours and now - entry.check_in > timedelta(hours=max_hours):
        return True
    if expected := get_expected_end(entry):
        return now > expected + timedelta(hours=tolerance)
    # An evening of other work is over at the latest when the next working day begins.
    following = [start for start, _end in entry.shifts if start > entry.check_in]
    return bool(following) and now >= min(following)


def propose_end(entry, latest, max_hours=0.0):
    """Propose when the person left.

    :param datetime latest: the end cannot be later: now, or when the next entry begins
    :param float max_hours: the longest entry; 0 for any
    :return: a moment after the check-in, or ``None`` when nothing speaks for one
    """
    if latest <= entry.check_in:
        return None
    for end in get_ends(entry):
        if max_hours:
            end = min(end, entry.check_in + timedelta(hours=max_hours))
        return min(end, latest)
    return None
