"""What counts as a quantity that somebody, or a phone, sends."""

from math import isfinite

# Nobody sells, uses or picks up more of one thing on one job; a longer number is a slip.
MOST = 1_000_000


def is_quantity(value):
    """Whether ``value`` is a number up to ``MOST``: neither a text, nor infinite, nor NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) and abs(value) <= MOST
