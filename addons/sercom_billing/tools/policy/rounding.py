"""From hours worked to hours billed: minimum and increment, without the ORM.

The order is: sum of the scope, then the minimum, then the increment. Pay and cost never pass here.
"""

from dataclasses import dataclass
from math import ceil, floor

TINY = 1e-6
UP, NEAREST = "up", "nearest"


@dataclass(frozen=True)
class RoundingRule:
    """``increment`` and ``grace`` in minutes, ``minimum`` in hours.

    With ``grace``, hours that pass an increment by no more are not rounded up to the next.
    ``is_agreed``: it is one client's, and not the company's.
    """

    increment: float = 0.0
    direction: str = UP
    minimum: float = 0.0
    grace: float = 0.0
    is_agreed: bool = False

    def __bool__(self):
        return self.increment > 0 or self.minimum > 0


def round_hours(hours, rule):
    """Hours to bill for ``hours`` worked; those given back (below zero) are only incremented.

    :return: ``(hours, reason)``, where the reason is ``minimum``, ``up``, ``down`` or empty
    """
    if hours <= TINY or not rule:
        return hours, ""
    rounded, reason = hours, ""
    if rounded < rule.minimum - TINY:
        rounded, reason = rule.minimum, "minimum"
    if rule.increment > 0:
        steps = rounded * 60 / rule.increment
        if rule.direction == NEAREST:
            count = floor(steps + 0.5 + TINY)
        else:
            whole = floor(steps + TINY)
            is_within_grace = not reason and (steps - whole) * rule.increment <= rule.grace + TINY
            count = whole if is_within_grace else ceil(steps - TINY)
        # What was worked is never for nothing, whatever the grace.
        stepped = max(count, 1) * rule.increment / 60
        if abs(stepped - rounded) > TINY:
            reason = reason or ("up" if stepped > rounded else "down")
            rounded = stepped
    return rounded, reason


def share(total, worked, fixed):
    """Share what a scope bills among its lines.

    What is billed already (``fixed``) stays. The others get their own hours, and the last of them
    the difference; nothing that was worked turns into hours given back, nor the other way round.

    :param float total: hours that the scope bills
    :param list worked: hours of the lines that may still change, oldest first
    :param float fixed: hours billed of the others
    :return: list of hours to bill, one for each of ``worked``
    """
    if not worked:
        return []
    left = total - fixed
    shares = []
    for hours in worked[:-1]:
        part = hours if hours < 0 else min(hours, max(left, 0.0))
        shares.append(part)
        left -= part
    shares.append(max(left, 0.0) if worked[-1] >= 0 else min(left, 0.0))
    return shares
