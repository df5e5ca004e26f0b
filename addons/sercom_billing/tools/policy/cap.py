"""What of the hours worked the client authorised."""

TINY = 1e-6


def cap(limit, hours, billed, waived):
    """Give lines what they may bill of a limit that they share.

    What is billed or waived already stays, and what is waived takes nothing of the limit: the
    client does not pay it.

    :param float limit: hours that the client authorised
    :param list hours: hours of each line, the first to be served first; below zero gives back
    :param list billed: hours of each line that are billed
    :param list waived: hours of each line that are never billed
    :return: list of hours that may be billed or are waived, one for each line
    """
    if sum(hours) - sum(waived) <= limit + TINY:
        return list(hours)
    left = limit - sum(billed)
    granted = []
    for own, done, decided in zip(hours, billed, waived, strict=True):
        opened = own - done - decided
        part = min(opened, max(left, 0.0)) if opened > 0 else max(opened, min(left, 0.0))
        left -= part
        granted.append(done + decided + part)
    return granted
