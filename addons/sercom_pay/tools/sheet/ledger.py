"""What is due: what somebody is entitled to, less what is on pay sheets already.

Each thing that is paid has a name of its own (``source``): the hours of a clock entry on a day, of
one kind and at one rate, an allowance, an expense. Paying it twice would be a second line with the
same number for the same source, which the database refuses.
"""

from dataclasses import dataclass, field

# Less than a tenth of a cent, or half a second, is nothing.
NO_AMOUNT = 0.001
NO_HOURS = 1 / 7200


@dataclass(frozen=True)
class Entitlement:
    """Something that is to be paid, whether or not it is on a sheet."""

    source: str
    date: object
    kind: str
    hours: float = 0.0
    rate: float = 0.0
    multiplier: float = 1.0
    amount: float = 0.0
    origin: dict = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Posted:
    """What all lines of a source hold together; ``number`` and ``origin`` of the last one."""

    date: object
    kind: str
    hours: float
    amount: float
    number: int
    rate: float = 0.0
    multiplier: float = 1.0
    origin: dict = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Due:
    """A line to add, so that the lines of its source are what somebody is entitled to."""

    source: str
    date: object
    kind: str
    hours: float
    amount: float
    rate: float
    multiplier: float
    number: int
    origin: dict = field(default_factory=dict, hash=False, compare=False)


def reckon_due(entitlements, posted):
    """Lines that are missing, in the order of their days.

    :param entitlements: those of one person, one for each source
    :param dict posted: ``{source: Posted}``
    :return: list of ``Due``; one past the first of its source is a correction
    """
    wanted = {one.source: one for one in entitlements}
    lines = []
    for source in {**wanted, **posted}:
        want, have = wanted.get(source), posted.get(source)
        hours = (want.hours if want else 0.0) - (have.hours if have else 0.0)
        amount = (want.amount if want else 0.0) - (have.amount if have else 0.0)
        hours = 0.0 if abs(hours) < NO_HOURS else hours
        amount = 0.0 if abs(amount) < NO_AMOUNT else amount
        if not hours and not amount:
            continue
        of = want or have
        lines.append(
            Due(
                source=source,
                date=of.date,
                kind=of.kind,
                hours=hours,
                amount=amount,
                rate=of.rate,
                multiplier=of.multiplier,
                number=have.number + 1 if have else 1,
                origin={**(have.origin if have else {}), **(want.origin if want else {})},
            )
        )
    return sorted(lines, key=lambda line: (line.date, line.source))
