"""What of a bill the client authorised as an amount: hours, parts and fees alike."""

from math import floor

CENT = 0.005
TINY = 1e-6


def serve(left, items):
    """Give lines what they may bill of an amount that they share, the first to be served first.

    What a line gives back makes room for the others. Of a line that only fits in part, as many
    whole steps are billed as fit: a part is not billed by halves.

    :param float left: amount that may still be billed
    :param list items: ``(quantity left to bill, price of one, step)`` of each line
    :return: list of quantities that may be billed now, one for each line
    """
    left -= sum(min(quantity * price, 0.0) for quantity, price, _step in items)
    granted = []
    for quantity, price, step in items:
        amount = quantity * price
        if amount > left + CENT and amount > 0:
            fits = floor(max(left, 0.0) / abs(price) / step + TINY) * step
            part = min(fits, abs(quantity))
            quantity = part if quantity > 0 else -part
            amount = quantity * price
        granted.append(quantity)
        left -= max(amount, 0.0)
    return granted
