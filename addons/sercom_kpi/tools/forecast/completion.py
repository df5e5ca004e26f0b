"""What an open job will have earned when it is done, as a range, and what would save it."""

from typing import NamedTuple

SOLD = "sold"
ACTUAL = "actual"
CAPPED = "capped"
# What may be done about a job, the least trouble last: of two that bring as much, the first.
CHANGE_ORDER = "change_order"
OTHER_PERSON = "other_person"
CAP_HOURS = "cap_hours"
CENT = 0.005
# Without enough jobs done to learn from: as many hours as sold.
AS_SOLD = (1.0, 1.0)


class Job(NamedTuple):
    """What is known of an open job; hours of all people, money in its company's currency."""

    sold: float  # hours
    worked: float  # hours
    planned: float  # hours in all, those that are worked too
    policy: str  # how hours are billed
    revenue: float  # of all that it sells, at the hours sold
    rate: float  # price of an hour
    cost: float  # of what is done
    hourly_cost: float  # of an hour to come
    parts: float  # cost of parts still to come


class Range(NamedTuple):
    low: float
    high: float


class Outlook(NamedTuple):
    hours: Range  # still to come
    margin: Range  # at completion


class Action(NamedTuple):
    key: str
    gain: float  # of margin, if the worst is to come


def get_hours_to_come(job, overruns=AS_SOLD):
    """Hours still to come: between what is left by the plan and by what was sold.

    :param overruns: worked ÷ sold hours of the firm's jobs, a low and a high one
    """
    left = [job.planned - job.worked] if job.planned > 0 else []
    if job.sold > 0:
        left += [job.sold * factor - job.worked for factor in overruns]
    return Range(max(0.0, min(left, default=0.0)), max(0.0, max(left, default=0.0)))


def get_revenue(job, hours):
    """What the job brings if ``hours`` are worked on it in all."""
    over = hours - job.sold
    if job.policy == ACTUAL:
        return job.revenue + job.rate * over
    if job.policy == CAPPED:
        return job.revenue + job.rate * min(over, 0.0)
    return job.revenue


def get_margin(job, to_come):
    """Margin if ``to_come`` hours are still worked."""
    cost = job.cost + to_come * job.hourly_cost + job.parts
    return get_revenue(job, job.worked + to_come) - cost


def get_outlook(job, overruns=AS_SOLD):
    """Hours to come and margin at completion, each as a range."""
    hours = get_hours_to_come(job, overruns)
    ends = [*hours]
    if hours.low < job.sold - job.worked < hours.high:
        ends.append(job.sold - job.worked)  # where capped hours stop to be paid
    margins = [get_margin(job, own) for own in ends]
    return Outlook(hours, Range(min(margins), max(margins)))


def choose_action(job, outlook, floor=0.0, cheaper=None):
    """The one thing that helps most against a margin that may end too low.

    :param floor: share of the revenue that must be left
    :param cheaper: cost of an hour of others who could do it; ``None`` where unknown
    :return: ``Action``; ``None`` where the margin is fine, or nothing can be done any more
    """
    if outlook.margin.low >= floor * job.revenue - CENT:
        return None
    high = outlook.hours.high
    over = job.worked + high - job.sold
    gains = {}
    if job.policy != ACTUAL and over > 0:
        gains[CHANGE_ORDER] = job.rate * over
    if cheaper is not None:
        gains[OTHER_PERSON] = high * (job.hourly_cost - cheaper)
    if job.sold > 0 and over > 0:
        allowed = max(0.0, job.sold - job.worked)
        gains[CAP_HOURS] = get_margin(job, allowed) - get_margin(job, high)
    best = max(gains.items(), key=lambda own: own[1], default=None)
    return Action(*best) if best and best[1] > CENT else None
