"""Overtime: hours past a limit of the day or the week, at the rate of the rule.

The hours of a week are counted in the order in which they were worked, whatever job they are of,
and across pay periods: those past the limit are the last ones. So what is worked later changes
nothing about what was paid before.
"""

from dataclasses import dataclass
from itertools import pairwise

DAY = "day"
WEEK = "week"
# Hours that are nothing: half a second.
TOLERANCE = 1 / 7200


@dataclass(frozen=True)
class Segment:
    """Hours of one kind on one day, and what they come from."""

    source: object
    date: object
    week: object
    hours: float


@dataclass(frozen=True)
class Rule:
    """Hours past ``limits[day or week]`` are paid at ``rate`` times the pay of an hour."""

    period: str
    rate: float
    limits: dict


def split_overtime(segments, rules, mode="max"):
    """Cut the hours of a person into pieces that are paid at one rate.

    :param segments: of one person, in the order in which they were worked
    :param rules: a day or week without a limit has no overtime by that rule
    :param str mode: where several rules are met, the highest rate (``max``), or all of their
        premiums together (``sum``), as Odoo combines them
    :return: list of ``(segment, multiplier, hours)``, whose hours are those of the segments
    """
    done = [{} for _rule in rules]
    pieces = []
    for segment in segments:
        starts = []  # (from which hour of the segment on, rate)
        for rule, counted in zip(rules, done, strict=True):
            key = segment.date if rule.period == DAY else segment.week
            before = counted.get(key, 0.0)
            counted[key] = before + segment.hours
            if key in rule.limits:
                starts.append((max(rule.limits[key] - before, 0.0), rule.rate))
        pieces.extend(_cut(segment, starts, mode))
    return pieces


def _cut(segment, starts, mode):
    ends = segment.hours - TOLERANCE
    cuts = sorted({_snap(start) for start, _rate in starts if start < ends} | {0.0})
    for start, end in pairwise([*cuts, segment.hours]):
        rates = [rate for begins, rate in starts if begins <= start + TOLERANCE]
        yield segment, _combine(rates, mode), end - start


def _snap(start):
    return 0.0 if start <= TOLERANCE else start


def _combine(rates, mode):
    if mode == "sum":
        return round(1.0 + sum(rate - 1.0 for rate in rates), 4)
    return max(rates, default=1.0)
