"""Which hours of a shift are billed at the rate of a time of day, without the ORM."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from odoo.addons.sercom_requests.tools.local_time import to_local

STEP = timedelta(minutes=1)
DAYS = {"all": range(7), "weekdays": range(5), "weekend": (5, 6), "sat": (5,), "sun": (6,)}


@dataclass(frozen=True)
class Band:
    """Hours of some weekdays, by the clocks of the site, from one day on.

    ``hour_from`` after ``hour_to``: the hours of each such day before ``hour_to`` and from
    ``hour_from`` on. Both alike: the whole day.
    """

    key: int
    days: str = "all"
    hour_from: float = 0.0
    hour_to: float = 0.0
    first_day: date | None = None
    last_day: date | None = None
    positions: frozenset = frozenset()
    is_urgent: bool = False

    def fits(self, position, is_urgent):
        """Whether the hours of a person of ``position`` on such a job may be in the band."""
        return (is_urgent or not self.is_urgent) and (
            not self.positions or position in self.positions
        )

    def covers(self, local):
        """Whether a moment by the clocks of the site is in the band."""
        day = local.date()
        if (self.first_day and day < self.first_day) or (self.last_day and day > self.last_day):
            return False
        if day.weekday() not in DAYS[self.days]:
            return False
        hour = local.hour + local.minute / 60 + local.second / 3600
        if self.hour_from < self.hour_to:
            return self.hour_from <= hour < self.hour_to
        if self.hour_from > self.hour_to:
            return hour >= self.hour_from or hour < self.hour_to
        return True


def split_by_band(start, end, zone, bands):
    """Share a span among the bands that its hours are in; the first that covers a minute has it.

    Hours are hours that passed: a band over a clock change has one more or one less. Bands begin
    and end on whole minutes.

    :param datetime start: UTC, naive
    :param datetime end: UTC, naive
    :param str zone: name of the time zone of the site
    :param list bands: ``Band``, the first that fits first
    :return: ``{key of the band or None: hours}``
    """
    hours = {}
    while start < end:
        until = min(end, _next_minute(start))
        local = to_local(start, zone)
        key = next((band.key for band in bands if band.covers(local)), None)
        hours[key] = hours.get(key, 0.0) + (until - start).total_seconds()
        start = until
    return {key: seconds / 3600 for key, seconds in hours.items()}


def _next_minute(moment):
    return datetime(moment.year, moment.month, moment.day, moment.hour, moment.minute) + STEP
