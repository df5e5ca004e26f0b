"""Weeks from Monday to Sunday, and how old something is."""

from datetime import timedelta

WEEK = timedelta(days=7)
# Up to how many days late, for each column of an ageing; the last one has no end.
AGES = (0, 30, 60, 90)


def get_weeks(today):
    """Mondays of the week that is over, of the one before and of the current one."""
    monday = today - timedelta(days=today.weekday())
    return monday - WEEK, monday - 2 * WEEK, monday


def get_age(due, today):
    """Column of an ageing that a date is in: 0 not late yet, then up to 30, 60, 90 days, more.

    What has no date is not late.
    """
    days = (today - due).days if due else 0
    return sum(days > limit for limit in AGES)


def add_up_ages(amounts, today):
    """Sum of amounts in each column of an ageing.

    :param amounts: ``(due date, amount)``
    """
    columns = [0.0] * (len(AGES) + 1)
    for due, amount in amounts:
        columns[get_age(due, today)] += amount
    return columns


def get_trend(now, before, is_more_better=True):
    """How a figure went: ``good``, ``bad``, or nothing where it stayed or has nothing beside it."""
    if now is None or before is None or abs(now - before) < 0.005:
        return ""
    return "good" if (now > before) == is_more_better else "bad"
