"""Working hours of a person, day by day in their own time zone.

Instants are seconds since the epoch, so that a day of 23 or 25 hours is as long as it is.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .intervals import clip, gaps, merge, overlapping, subtract, total

HOUR = 3600
DAY = 24 * HOUR
NOON = 12 * HOUR


@lru_cache(maxsize=64)
def get_zone(name):
    """Time zone of a name, as Odoo stores it; UTC for none."""
    return ZoneInfo(name or "UTC")


def to_epoch(moment):
    """Seconds since the epoch of a naive datetime in UTC."""
    return round((moment - datetime(1970, 1, 1)).total_seconds())


def from_epoch(seconds):
    """Naive datetime in UTC of seconds since the epoch."""
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)


def local_from_epoch(seconds, zone):
    """Aware datetime in ``zone``."""
    return datetime.fromtimestamp(seconds, zone)


def local_epoch(day, seconds, zone):
    """Instant at which the clocks of ``zone`` show ``seconds`` after midnight of ``day``."""
    naive = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    return round(naive.replace(tzinfo=zone).timestamp())


@dataclass(frozen=True)
class Days:
    """Consecutive days in one zone: ``bounds[i]`` to ``bounds[i + 1]`` is ``first`` + i days."""

    zone: ZoneInfo
    first: date
    bounds: tuple

    def __len__(self):
        return len(self.bounds) - 1

    @property
    def start(self):
        return self.bounds[0]

    @property
    def end(self):
        return self.bounds[-1]

    def date_of(self, position):
        return self.first + timedelta(days=position)

    def position(self, instant):
        """Which day an instant is in; out of the range, -1 or the number of days."""
        return bisect_right(self.bounds, instant) - 1

    def at(self, position, seconds):
        """Instant of a wall-clock time, in seconds after midnight, of a day."""
        midnight, following = self.bounds[position], self.bounds[position + 1]
        if following - midnight == DAY:
            return midnight + seconds
        return local_epoch(self.date_of(position), seconds, self.zone)

    def split(self, spans):
        """Seconds of disjoint spans in each of the days."""
        seconds = [0] * len(self)
        for start, end in spans:
            position = max(self.position(start), 0)
            while position < len(self) and self.bounds[position] < end:
                low = max(start, self.bounds[position])
                high = min(end, self.bounds[position + 1])
                seconds[position] += max(0, high - low)
                position += 1
        return seconds


@lru_cache(maxsize=512)
def make_days(zone, first, after):
    """Days of ``zone`` from ``first`` up to but not including ``after``."""
    count = (after - first).days
    return Days(
        zone,
        first,
        tuple(local_epoch(first + timedelta(days=day), 0, zone) for day in range(count + 1)),
    )


@dataclass(frozen=True)
class Calendar:
    """A working schedule: ``attendances`` are ``(week type, weekday, hour from, hour to)``.

    A flexible one has no closed hours: ``hours_per_day`` may be worked at any time, up to
    ``hours_per_week``, which are counted from Monday on.
    """

    attendances: tuple = ()
    two_weeks: bool = False
    flexible: bool = False
    hours_per_day: float = 0.0
    hours_per_week: float = 0.0

    def get_shifts(self, day):
        """Hours from and to, on the clock, of a date."""
        weekday = day.weekday()
        if self.flexible:
            week = self.hours_per_week or 7 * self.hours_per_day
            hours = max(0.0, min(self.hours_per_day, week - weekday * self.hours_per_day))
            return [(12 - hours / 2, 12 + hours / 2)] if hours else []
        # Odoo's rule for the weeks of a calendar of two weeks.
        week = (day.toordinal() - 1) // 7 % 2
        return [
            (hour_from, hour_to)
            for week_type, on_day, hour_from, hour_to in self.attendances
            if on_day == weekday and (not self.two_weeks or week_type == week)
        ]


@dataclass
class WorkTime:
    """When a person works.

    :ivar open: spans at which they may be planned
    :ivar hours: spans that make their capacity; other than ``open`` on a flexible schedule
    :ivar off: ``(start, end, reason)`` of their time off
    :ivar flexible: spans of the days without closed hours
    """

    days: Days
    open: list = field(default_factory=list)
    hours: list = field(default_factory=list)
    off: list = field(default_factory=list)
    flexible: list = field(default_factory=list)
    available: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    breaks: list = field(default_factory=list)

    def is_flexible_at(self, instant):
        return bool(overlapping(self.flexible, instant, instant + 1))

    def get_booked(self, start, end, hours):
        """Hours that a block takes of each day it touches.

        A block of one day takes its planned hours. A whole pause within it is no work, and of a
        whole day, or of several days, only working hours count, unless fewer hours are planned.

        :param float hours: planned hours of the block
        :return: ``{position of the day: hours}``
        """
        days = self.days
        position = days.position(start)
        length = (end - start) / HOUR
        if 0 <= position < len(days) and end <= days.bounds[position + 1]:
            if hours and abs(hours - length) > 1 / 60:
                return {position: hours}
            is_whole_day = (start, end) == (days.bounds[position], days.bounds[position + 1])
            if is_whole_day and (worked := clip(self.hours, start, end)):
                return {position: total(worked) / HOUR}
            pauses = [pause for pause in self.breaks if start < pause[0] and pause[1] < end]
            return {position: length - total(pauses) / HOUR}
        worked = clip(self.hours, start, end) or clip([(start, end)], days.start, days.end)
        seconds = days.split(worked)
        whole = sum(seconds) / HOUR
        share = min(1.0, hours / whole) if hours and whole else 1.0
        return {at: share * part / HOUR for at, part in enumerate(seconds) if part}


def make_work_time(days, periods, leaves=()):
    """Work out when a person works.

    :param Days days: days looked at, in the person's zone
    :param periods: ``(first date, date after, Calendar)`` in order; ``None`` is no limit
    :param leaves: ``(start, end, reason)`` in seconds, in any order; the reason is a name, ``""``
        for a closed day without one, ``None`` for somebody's own time off, which is never told
    """
    hours, flexible = [], []
    for first, after, calendar in periods:
        start = max(0, (first - days.first).days) if first else 0
        stop = min(len(days), (after - days.first).days) if after else len(days)
        for position in range(start, stop):
            for hour_from, hour_to in calendar.get_shifts(days.date_of(position)):
                span = (
                    days.at(position, round(hour_from * HOUR)),
                    days.at(position, round(hour_to * HOUR)),
                )
                hours.append(span)
        if calendar.flexible and start < stop:
            flexible.append((days.bounds[start], days.bounds[stop]))
    flexible = merge(flexible)
    hours = merge(hours)
    off = sorted(
        (
            (start, end, reason)
            for start, end, reason in leaves
            if start < days.end and end > days.start and start < end
        ),
        key=lambda row: row[:2],
    )
    if flexible and off:
        off = [(*_stretch(start, end, days, hours, flexible), why) for start, end, why in off]
    closed = merge((start, end) for start, end, _reason in off)
    worked = subtract(hours, closed)
    # Hours on a flexible schedule only measure it: the day itself is open.
    fixed = subtract(hours, flexible)
    before, after = days.split(hours), days.split(worked)
    return WorkTime(
        days=days,
        open=subtract(merge([*fixed, *flexible]), closed),
        hours=worked,
        off=off,
        flexible=flexible,
        available=[round(seconds / HOUR, 2) for seconds in after],
        lost=[round((whole - left) / HOUR, 2) for whole, left in zip(before, after, strict=True)],
        breaks=[
            (start, end)
            for start, end in gaps(hours)
            if days.position(start) == days.position(end) and end - start < 4 * HOUR
        ],
    )


def _stretch(start, end, days, hours, flexible):
    """A leave of a person without fixed hours: whole days and halves reach midnight."""
    if not overlapping(flexible, start, end):
        return start, end
    first = clip(hours, *_day_of(days, start))
    if first and start <= first[0][0] < end:
        start = min(start, _day_of(days, start)[0])
    last = clip(hours, *_day_of(days, end - 1))
    if last and start < last[-1][1] <= end:
        end = max(end, _day_of(days, end - 1)[1])
    return start, end


def _day_of(days, instant):
    position = min(max(days.position(instant), 0), len(days) - 1)
    return days.bounds[position], days.bounds[position + 1]


def get_periods(versions):
    """When which schedule holds, from the versions of an employee's file in order of date.

    Before the first version its schedule holds; with contracts, nobody works outside them.

    :param versions: ``(date, contract start, contract end, schedule)``; empty schedule for none
    :return: list of ``(first date, date after, schedule)``; ``None`` is no limit
    """
    contracts = any(contract_start for _day, contract_start, _end, _schedule in versions)
    periods = []
    for position, (day, contract_start, contract_end, schedule) in enumerate(versions):
        first = day if position else None
        after = versions[position + 1][0] if position + 1 < len(versions) else None
        if contracts:
            if not contract_start:
                continue
            first = max(first or contract_start, contract_start)
            if contract_end:
                contract_after = contract_end + timedelta(days=1)
                after = min(after or contract_after, contract_after)
        if schedule and not (first and after and first >= after):
            periods.append((first, after, schedule))
    return periods
