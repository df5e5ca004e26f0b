"""Cents that add up: shares of a total, and a unit price that multiplies to its amount."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
MAX_DECIMALS = 7


def to_cents(value):
    """An amount of the ledger as an exact number of cents."""
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP) + 0


def distribute(total, weights):
    """Share a total of cents in proportion to weights; the shares add up to it.

    The cents that rounding leaves over go to the largest remainders, the first ones of equals.

    :param Decimal total: in whole cents, of either sign
    :param list weights: numbers; where they add up to zero, all shares are alike
    :return: list of Decimal, one for each weight
    """
    if not weights:
        return []
    weights = [Fraction(str(weight)) for weight in weights]
    whole = sum(weights)
    if not whole:
        weights, whole = [Fraction(1)] * len(weights), len(weights)
    cents = int(total / CENT)
    exact = [cents * weight / whole for weight in weights]
    shares = [math.floor(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for position in order[: cents - sum(shares)]:
        shares[position] += 1
    return [share * CENT for share in shares]


def unit_rate(quantity, amount):
    """Quantity and unit price of a line, such that they multiply to its amount to the cent.

    A program that reads the file reckons quantity × rate itself. The rate has as few decimals as
    do, from two; where none does, the line is one of its amount.

    :param Decimal quantity: of any sign
    :param Decimal amount: in whole cents
    :return: ``(quantity, rate)``
    """
    if quantity:
        for decimals in range(2, MAX_DECIMALS + 1):
            rate = (amount / quantity).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
            if (rate * quantity).quantize(CENT, ROUND_HALF_UP) == amount:
                return quantity, rate
    return Decimal(1), amount
