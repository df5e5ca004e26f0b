"""The demo's clock: working days around today, in Montréal's time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun import freeze_time

MONTREAL = ZoneInfo("America/Toronto")
WEEKEND = (5, 6)
# month, day, name
HOLIDAYS = [
    (1, 1, "Jour de l'An"),
    (6, 24, "Fête nationale du Québec"),
    (7, 1, "Fête du Canada"),
    (12, 25, "Noël"),
    (12, 26, "Lendemain de Noël"),
]


def is_off(date):
    """Whether the firm is closed on a date: at weekends and on its holidays."""
    return date.weekday() in WEEKEND or (date.month, date.day) in {day[:2] for day in HOLIDAYS}


class Moments:
    """Working days counted from today, and a clock that can be set to any of them.

    Day 0 is today, or the next working day where the firm is closed; day -1 is the working day
    before it.
    Records made after ``move_to`` are dated then, chatter included.
    """

    def __init__(self, env):
        self.env = env
        self.now = datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0)
        self.today = self.local_date(self.now)
        while is_off(self.today):
            self.today += timedelta(days=1)
        self._freezer = freeze_time(self.now)

    def __enter__(self):
        self._frozen = self._freezer.start()
        return self

    def __exit__(self, *exception):
        self.env.flush_all()
        self._freezer.stop()
        self.env.cr._now = None

    def date(self, day):
        """Date of a working day, counted from day 0."""
        date, step = self.today, 1 if day > 0 else -1
        for _count in range(abs(day)):
            date += timedelta(days=step)
            while is_off(date):
                date += timedelta(days=step)
        return date

    @staticmethod
    def local_date(moment):
        """Date in Montréal at a UTC time."""
        return moment.replace(tzinfo=UTC).astimezone(MONTREAL).date()

    def at(self, day, hour, minute=0):
        """UTC time of a local hour of a working day."""
        date = self.date(day)
        local = datetime(date.year, date.month, date.day, hour, minute, tzinfo=MONTREAL)
        return local.astimezone(UTC).replace(tzinfo=None)

    def ago(self, **delta):
        """UTC time some hours or minutes before now."""
        return self.now - timedelta(**delta)

    def move_to(self, day, hour, minute=0):
        """Set the clock to a local hour of a working day, but never to the future."""
        self.set(self.at(day, hour, minute))

    def set(self, moment):
        """Set the clock to a UTC time, but never to the future."""
        moment = min(moment, self.now)
        self.env.flush_all()
        self._frozen.move_to(moment)
        # What dates a record's creation is the transaction's own time.
        self.env.cr._now = moment
