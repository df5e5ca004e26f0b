"""What speaks against planning a person on a visit, without the ORM."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..work_time.intervals import gaps, merge, overlapping, subtract
from ..work_time.work_time import HOUR, WorkTime
from .travel import Travel

# A pause or a night within a block is no time that the person would have to work.
LONGEST_PAUSE = 16 * HOUR
MINUTE = 60


class Visit(NamedTuple):
    """A block that is there or is looked at; instants in seconds since the epoch.

    ``hours`` are those of work planned, 0 for its length; ``place`` is ``(latitude, longitude)``
    or ``None``. A visit that is not live any more, being done, holds no time but is work; one
    whose overlap was allowed lets others overlap it too.
    """

    start: int
    end: int
    id: int = 0
    hours: float = 0.0
    place: tuple = None
    name: str = ""
    is_live: bool = True
    is_override: bool = False


@dataclass
class Agenda:
    """What a person has around a visit.

    :ivar blocks: their other ``Visit``
    :ivar appointments: ``Visit`` of other kinds
    :ivar skills: ids of the skills valid that day
    """

    work: WorkTime
    has_hours: bool = True
    blocks: list = field(default_factory=list)
    appointments: list = field(default_factory=list)
    skills: set = field(default_factory=set)


def find_conflicts(visit, agenda, skills=(), travel=None):
    """Find what speaks against a visit.

    :param Visit visit: its own block among the agenda's is told by its id and left out
    :param skills: ids of the skills the job asks for
    :return: list of ``(kind, detail)``; the detail is, for ``overlap`` and ``appointment``, the
        other visit; ``time_off`` ``(start, end, reason)``; ``hours`` the spans outside, none for
        a person without any; ``capacity`` ``(date, booked, available)``; ``skill`` the ids that
        are missing; ``travel`` ``(other visit, kilometres, seconds needed, seconds there are)``
    """
    blocks = [block for block in agenda.blocks if not visit.id or block.id != visit.id]
    live = [block for block in blocks if block.is_live]
    span = (visit.start, visit.end)
    found = [
        ("overlap", other) for other in live if not other.is_override and _overlap(visit, other)
    ]
    found += [("time_off", off) for off in overlapping(agenda.work.off, *span)]
    found += _find_closed(visit, agenda)
    found += _find_overload(visit, agenda, blocks)
    missing = set(skills) - agenda.skills
    if missing:
        found.append(("skill", missing))
    found += _find_travel(visit, [*live, *agenda.appointments], travel or Travel())
    found += [("appointment", other) for other in agenda.appointments if _overlap(visit, other)]
    return found


def pack_detail(kind, detail):
    """A detail of ``find_conflicts`` as JSON can keep it, with what its words need."""
    if kind in ("overlap", "appointment"):
        return _pack_visit(detail)
    if kind == "travel":
        other, *figures = detail
        return [_pack_visit(other), *figures]
    if kind == "capacity":
        day, *hours = detail
        return [day.isoformat(), *hours]
    if kind == "hours":
        return [list(span) for span in detail]
    return sorted(detail) if kind == "skill" else list(detail)


def unpack_detail(kind, packed):
    """The detail that ``pack_detail`` packed."""
    if kind in ("overlap", "appointment"):
        return _unpack_visit(packed)
    if kind == "travel":
        other, *figures = packed
        return (_unpack_visit(other), *figures)
    if kind == "capacity":
        day, *hours = packed
        return (date.fromisoformat(day), *hours)
    return packed


def _pack_visit(visit):
    return [visit.start, visit.end, visit.name]


def _unpack_visit(packed):
    start, end, name = packed
    return Visit(start, end, name=name)


def _overlap(one, two):
    return one.start < two.end and two.start < one.end


def _find_closed(visit, agenda):
    """Time of the visit at which the person does not work; time off is another matter."""
    if not agenda.has_hours:
        return [("hours", [])]
    work = agenda.work
    first = max(0, bisect_right(work.open, (visit.start,)) - 1)
    near = work.open[first : bisect_left(work.open, (visit.end,)) + 1]
    known = merge([*near, *((start, end) for start, end, _reason in work.off)])
    pauses = [
        pause
        for pause in gaps(known)
        if visit.start < pause[0] and pause[1] < visit.end and pause[1] - pause[0] < LONGEST_PAUSE
    ]
    closed = subtract([(visit.start, visit.end)], merge([*known, *pauses]))
    return [("hours", closed)] if closed else []


def _find_overload(visit, agenda, blocks):
    """The first day on which more is planned than the person works."""
    work = agenda.work
    for day, hours in sorted(work.get_booked(visit.start, visit.end, visit.hours).items()):
        available = work.available[day]
        start = work.days.bounds[day]
        if not available and not work.is_flexible_at(start):
            continue  # closed hours or time off, said already
        end = work.days.bounds[day + 1]
        booked = hours + sum(
            work.get_booked(block.start, block.end, block.hours).get(day, 0.0)
            for block in (*blocks, *agenda.appointments)
            if block.start < end and start < block.end
        )
        if booked > available + MINUTE / HOUR:
            return [("capacity", (work.days.date_of(day), round(booked, 2), available))]
    return []


def _find_travel(visit, others, travel):
    """The visit before and the one after, when the road between takes longer than there is."""
    found = []
    before = max(
        (other for other in others if other.end <= visit.start),
        key=lambda other: other.end,
        default=None,
    )
    after = min(
        (other for other in others if other.start >= visit.end),
        key=lambda other: other.start,
        default=None,
    )
    for other, seconds in (
        (before, visit.start - before.end if before else 0),
        (after, after.start - visit.end if after else 0),
    ):
        needed = travel.get_seconds(other.place, visit.place) if other else 0
        if needed > seconds + MINUTE:
            km = travel.get_km(other.place, visit.place)
            found.append(("travel", (other, round(km, 1), needed, seconds)))
    return found
