"""The best free slots for a visit, and why they are good.

Plain Python on seconds since the epoch. A slot never overlaps what its people already have, is
always within the spans they are given as free, leaves time to travel, and fits the window.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import islice

from ..work_time.intervals import clip, covers, intersect, subtract
from ..work_time.work_time import DAY, HOUR
from .travel import Travel

STEP = 15 * 60
SHORTEST_PIECE = HOUR
# A visit further away in time than this says nothing about where a person drives from.
NEIGHBOUR = 8 * HOUR
# What is lost, in points of 100, by …
COST_DAY = 3.0  # … each day of waiting
COST_KM = 0.5  # … each kilometre of travel
COST_UNKNOWN = 6.0  # … not knowing where the person comes from
COST_LOAD = 20.0  # … a person whose time is all booked
COST_SKILL = 40.0  # … a person who lacks a skill
COST_LATE = 30.0  # … missing the promised deadline
COST_SCRAP = 3.0  # … leaving a hole nobody can use
GAIN_KNOWN = 8.0  # … the person who was there last time
GAIN_TEAM = 5.0  # … the job's team


@dataclass
class Need:
    """What a visit asks for.

    :ivar seconds: its length
    :ivar people: how many at the same time
    :ivar place: ``(latitude, longitude)`` of the site, or ``None``
    :ivar early: not before; ``late``: done by then
    :ivar deadline: promised start, told of but not enforced
    """

    seconds: int
    early: int
    late: int
    people: int = 1
    place: tuple = None
    deadline: int = None


@dataclass
class Candidate:
    """A person who might go.

    :ivar open: sorted spans at which they may be planned
    :ivar busy: sorted ``(start, end, place)`` of what they have, wherever it comes from
    :ivar load: share of their time that is booked, 0 to 1
    :ivar room: hours left per day, ``None`` for no limit, with the bounds of the days
    """

    id: int
    open: list
    busy: list = field(default_factory=list)
    load: float = 0.0
    is_known: bool = False
    is_team: bool = False
    lacks_skill: bool = False
    bounds: tuple = ()
    room: list = None


@dataclass
class Slot:
    """A proposal: who, when (several pieces for a visit that is split), how good and why."""

    people: tuple
    pieces: list
    cost: float
    reasons: list
    warnings: list

    @property
    def score(self):
        return max(0, min(100, round(100 - self.cost)))

    @property
    def start(self):
        return self.pieces[0][0]

    @property
    def end(self):
        return self.pieces[-1][1]


def find_slots(need, candidates, travel=None, limit=10):
    """Find the best slots for a visit.

    :param Need need: what is asked for
    :param candidates: list of ``Candidate``
    :param Travel travel: how long people travel
    :return: list of ``Slot``, the best first
    """
    search = _Search(need, candidates, travel or Travel())
    slots = search.find_whole()
    if not slots and search.is_too_long():
        slots = search.find_split()
    return list(islice(_spread(slots), limit))


class _Search:
    def __init__(self, need, candidates, travel):
        self.need, self.travel = need, travel
        self.candidates = {candidate.id: candidate for candidate in candidates}
        self.usable = {candidate.id: list(self._get_usable(candidate)) for candidate in candidates}

    def _get_usable(self, candidate):
        """Spans in which this person could be at the site, travel taken off."""
        busy, need = candidate.busy, self.need
        free = subtract(clip(candidate.open, need.early, need.late), _spans(busy))
        roads = [self.travel.get_seconds(place, need.place) for _start, _end, place in busy]
        arrivals = _get_arrivals(busy, roads)
        starts = [start for start, _end, _place in busy]
        for start, end in free:
            before = bisect_right(starts, start) - 1
            if before >= 0:
                start = max(start, arrivals[before])
            after = bisect_left(starts, end)
            if after < len(busy):
                following = bisect_right(starts, starts[after])
                end = min(end, starts[after] - max(roads[after:following]))
            if start < end:
                yield start, end

    def is_too_long(self):
        """Whether nobody works long enough at a stretch, whatever they have."""
        return all(
            self.need.seconds > max((end - start for start, end in candidate.open), default=0)
            for candidate in self.candidates.values()
        )

    # One stretch

    def find_whole(self):
        need = self.need
        if need.people == 1:
            slots = [
                self._make([(self._price(candidate, start), candidate)], [(start, end)])
                for candidate in self.candidates.values()
                for start, end in self._get_starts(candidate)
            ]
        else:
            slots = self._find_crews()
        return sorted(slots, key=lambda slot: (slot.cost, slot.start, slot.people))

    def _get_starts(self, candidate):
        """Spans of the visit worth looking at: as early and as late as a free span allows."""
        length, previous = self.need.seconds, None
        for start, end in self.usable[candidate.id]:
            first = -(-start // STEP) * STEP
            for at in (first, max(first, (end - length) // STEP * STEP)):
                if at != previous and at + length <= end and self._has_room(candidate, at):
                    yield at, at + length
                previous = at

    def _has_room(self, candidate, start):
        if candidate.room is None:
            return True
        day = bisect_right(candidate.bounds, start) - 1
        if not 0 <= day < len(candidate.room):
            return False
        return candidate.room[day] * HOUR + 60 >= self.need.seconds

    def _find_crews(self):
        need = self.need
        starts = {
            start
            for candidate in self.candidates.values()
            for start, _end in self._get_starts(candidate)
        }
        for start in sorted(starts):
            end = start + need.seconds
            crew = [
                candidate
                for candidate in self.candidates.values()
                if covers(self.usable[candidate.id], start, end)
                and self._has_room(candidate, start)
            ]
            if len(crew) < need.people:
                continue
            priced = [(self._price(candidate, start), candidate) for candidate in crew]
            priced.sort(key=lambda pair: (pair[0][0], pair[1].id))
            yield self._make(priced[: need.people], [(start, end)])

    # Several pieces

    def find_split(self):
        """Slots of several pieces, for a visit longer than anybody works at a stretch."""
        order = sorted(self.candidates.values(), key=lambda c: (c.lacks_skill, c.load, c.id))
        slots = []
        for crew in zip(*(order[at:] for at in range(self.need.people)), strict=False):
            common = self.usable[crew[0].id]
            for candidate in crew[1:]:
                common = intersect(common, self.usable[candidate.id])
            pieces = self._get_pieces(common)
            if pieces:
                priced = [(self._price(candidate, pieces[0][0]), candidate) for candidate in crew]
                slot = self._make(priced, pieces)
                slot.cost += COST_DAY * (slot.end - slot.start) / DAY
                slot.warnings.append(("split", len(pieces)))
                slots.append(slot)
        return sorted(slots, key=lambda slot: (slot.cost, slot.start, slot.people))

    def _get_pieces(self, spans):
        left, pieces = self.need.seconds, []
        for start, end in spans:
            start = -(-start // STEP) * STEP
            length = min(left, (end - start) // STEP * STEP if left > end - start else left)
            if length < min(SHORTEST_PIECE, left):
                continue
            pieces.append((start, start + length))
            left -= length
            if left <= 0:
                return pieces
        return []

    # Price

    def _price(self, candidate, start):
        """Cost of a person at a time, and the kilometres to where they are before or after."""
        end = start + self.need.seconds
        km = self._get_km(candidate, start, end)
        cost = COST_UNKNOWN if km is None else min(30.0, COST_KM * km)
        cost += COST_DAY * max(0, start - self.need.early) / DAY
        cost += COST_LOAD * candidate.load
        cost -= GAIN_KNOWN * candidate.is_known + GAIN_TEAM * candidate.is_team
        cost += COST_SKILL * candidate.lacks_skill
        if self.need.deadline and start > self.need.deadline:
            cost += COST_LATE
        return cost + COST_SCRAP * self._leaves_scrap(candidate, start, end), km

    def _get_km(self, candidate, start, end):
        """Kilometres to the visit before, else to the one after, of the same stretch of work."""
        position = bisect_right(candidate.busy, (start, end)) - 1
        if position >= 0 and start - candidate.busy[position][1] < NEIGHBOUR:
            km = self.travel.get_km(candidate.busy[position][2], self.need.place)
            if km is not None:
                return km
        if position + 1 < len(candidate.busy):
            after = candidate.busy[position + 1]
            if after[0] - end < NEIGHBOUR:
                return self.travel.get_km(self.need.place, after[2])
        return None

    def _leaves_scrap(self, candidate, start, end):
        usable = self.usable[candidate.id]
        position = bisect_right(usable, (start, float("inf"))) - 1
        if position < 0:
            return False
        low, high = usable[position]
        return STEP <= start - low < 2 * STEP or STEP <= high - end < 2 * STEP

    def _make(self, priced, pieces):
        need = self.need
        cost = sum(price for (price, _km), _candidate in priced) / len(priced)
        known = [km for (_price, km), _candidate in priced if km is not None]
        people = [candidate for _price, candidate in priced]
        reasons = [("window",)]
        if known:
            reasons.insert(0, ("near", round(max(known), 1)))
        if need.deadline:
            late = pieces[0][0] > need.deadline
        if need.deadline and not late:
            reasons.append(("sla",))
        reasons.append(("load", round(100 * max(person.load for person in people))))
        if any(person.is_known for person in people):
            reasons.append(("known",))
        if all(person.is_team for person in people):
            reasons.append(("team",))
        warnings = [("sla",)] if need.deadline and late else []
        lacking = tuple(person.id for person in people if person.lacks_skill)
        if lacking:
            warnings.append(("skill", lacking))
        else:
            reasons.append(("skill",))
        return Slot(tuple(person.id for person in people), pieces, cost, reasons, warnings)


def _spans(busy):
    """Busy times as sorted, disjoint spans."""
    spans = []
    for start, end, _place in busy:
        if spans and start <= spans[-1][1]:
            if end > spans[-1][1]:
                spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _get_arrivals(busy, roads):
    """For each busy time, when the person who leaves what ends last until then is at the site."""
    arrivals, latest = [], (float("-inf"), 0)
    for (_start, end, _place), road in zip(busy, roads, strict=True):
        latest = max(latest, (end, road))
        arrivals.append(sum(latest))
    return arrivals


def _spread(slots):
    """Order slots so that each person's best of a day comes before their second best."""
    seen, later = set(), []
    for slot in slots:
        key = (slot.people, slot.start // DAY)
        if key in seen:
            later.append(slot)
        else:
            seen.add(key)
            yield slot
    yield from later
