"""Act respecting labour standards of Québec (CQLR, c. N-1.1): hours that are paid.

Hours and dollars; nothing here knows of Odoo.
"""

from dataclasses import dataclass
from datetime import timedelta

WEEK_HOURS = 40.0  # s. 52
OVERTIME_RATE = 1.5  # s. 55
CALL_IN_HOURS = 3.0  # s. 58
MEAL_AFTER_HOURS = 5.0  # s. 79
MEAL_MINUTES = 30  # s. 79

# A shorter break does not end an attendance: the Act counts consecutive hours and says no
# length, a meal's half hour and the way to the next job are none to end it.
BREAK = timedelta(hours=1)
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Attendance:
    """Work of a person from one punch on; ``paid`` is what these hours are paid, premiums too."""

    source: object
    start: object
    hours: float
    paid: float

    @property
    def end(self):
        return self.start + timedelta(hours=self.hours)


def join_attendances(attendances):
    """Lists of attendances that follow one another, each one time that somebody came to work."""
    groups = []
    end = None
    for attendance in sorted(attendances, key=lambda one: (one.start, one.end)):
        if end is not None and attendance.start - end <= BREAK:
            groups[-1].append(attendance)
            end = max(end, attendance.end)
        else:
            groups.append([attendance])
            end = attendance.end
    return groups


def get_call_in_amount(attendances, rate):
    """What is still owed for one time that somebody came to work (s. 58).

    Who comes at the employer's request, or as usual, and works less than three consecutive hours
    has three hours' pay, unless overtime (s. 55) brings more. The Act excepts superior force, work
    that takes several short attendances a day, and work that is usually done within three hours:
    whether it is one of these is asked before.

    :param float rate: usual pay of an hour
    """
    hours = sum(one.hours for one in attendances)
    if not attendances or hours >= CALL_IN_HOURS - TOLERANCE:
        return 0.0
    return max(CALL_IN_HOURS * rate - sum(one.paid for one in attendances), 0.0)


def split_week(hours):
    """Regular hours and overtime of a week, by ss. 52 and 55; ``(regular, overtime)``."""
    return min(hours, WEEK_HOURS), max(hours - WEEK_HOURS, 0.0)


def get_week_pay(hours, rate):
    """Pay of a week's hours at a usual rate (s. 55)."""
    regular, overtime = split_week(hours)
    return (regular + overtime * OVERTIME_RATE) * rate


def is_meal_due(hours):
    """Whether a meal's half hour is owed for so many consecutive hours (s. 79)."""
    return hours > MEAL_AFTER_HOURS + TOLERANCE


def is_meal_paid(may_leave):
    """Whether the meal's half hour is paid: where the worker may not leave (s. 79)."""
    return not may_leave


def is_travel_work(is_required):
    """Whether travel is work: where the employer requires it (s. 57, 3)."""
    return is_required
