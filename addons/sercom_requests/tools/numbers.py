"""Numbers that a client sends."""

import math

MOST = 1e12  # no amount, length or quantity of a firm is larger


def is_number(value):
    """Whether ``value`` is a number that can be stored and shown; nothing is zero."""
    try:
        number = float(value or 0.0)
    except (OverflowError, TypeError, ValueError):
        return False
    return math.isfinite(number) and abs(number) <= MOST
