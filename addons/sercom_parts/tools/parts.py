"""Which parts a job will have when it starts, what it is short of, and what its parts cost.

All quantities of one call are of one product, in that product's unit.
"""

from dataclasses import dataclass, field
from datetime import datetime

NEVER = datetime.max
SMALL = 1e-9


@dataclass(frozen=True)
class Need:
    """What one line of a job still needs.

    ``key`` names the line, ``job`` its job; ``start`` is when the job needs it (UTC, ``None``
    for a job that is not planned); ``pools`` are the stocks that the job takes from, the one
    it takes from first (its worker's truck) first.
    """

    key: object
    job: object
    quantity: float
    start: datetime | None = None
    pools: tuple = ()


@dataclass(frozen=True)
class Change:
    """Parts that come into a stock, or leave it for something else than a job (less than 0).

    ``date`` is when (UTC); ``job`` is the job they were bought for, if any.
    """

    pool: object
    quantity: float
    date: datetime | None = None
    job: object = None


@dataclass
class Share:
    """What a need gets: ``own`` was bought for the job and comes in time, ``taken`` is what it
    gets from each stock, ``forecast`` all that the job could have had by its start, and
    ``short`` what is missing then."""

    own: float = 0.0
    taken: dict = field(default_factory=dict)
    forecast: float = 0.0
    short: float = 0.0


def share_parts(needs, on_hand, changes):
    """Share one product among the jobs that need it.

    - The job that starts first is served first, whoever reserved or asked first; jobs that
      start together are served in the order given, and those without a date last.
    - What comes in after a job's start does not help it; it is there for later jobs.
    - What was bought for a job is that job's, until it has all it needs; the rest is anybody's.
    - A job takes from its first stock (its worker's truck), then from the next one.

    :param needs: ``Need`` of each line
    :param dict on_hand: ``{pool: quantity there now}``
    :param changes: ``Change`` of what is expected
    :return: ``{key: Share}``
    """
    free = dict(on_hand)
    own, unmet, shares = {}, {}, {}
    for need in needs:
        unmet[need.job] = unmet.get(need.job, 0.0) + need.quantity
    # At one moment parts come in, then leave, then are taken by jobs.
    events = [(change.date or NEVER, change.quantity < 0, 0, change) for change in changes]
    events += [(need.start or NEVER, True, 1, need) for need in needs]
    for *_when, event in sorted(events, key=lambda item: item[:3]):
        if isinstance(event, Need):
            shares[event.key] = _serve(event, free, own, unmet)
        else:
            _apply(event, free, own, unmet)
    return shares


def _apply(change, free, own, unmet):
    quantity = change.quantity
    if quantity > 0 and change.job in unmet:
        kept = min(quantity, unmet[change.job] - own.get(change.job, 0.0))
        if kept > 0:
            own[change.job] = own.get(change.job, 0.0) + kept
            quantity -= kept
    free[change.pool] = free.get(change.pool, 0.0) + quantity


def _serve(need, free, own, unmet):
    share = Share(own=min(own.get(need.job, 0.0), need.quantity))
    left = need.quantity - share.own
    share.forecast = own.get(need.job, 0.0) + sum(max(free.get(p, 0.0), 0.0) for p in need.pools)
    for pool in need.pools:
        part = min(left, max(free.get(pool, 0.0), 0.0))
        if part > SMALL:
            share.taken[pool] = part
            free[pool] -= part
            left -= part
    own[need.job] = own.get(need.job, 0.0) - share.own
    unmet[need.job] -= need.quantity - left
    share.short = left if left > SMALL else 0.0
    return share


def quantity_to_order(short, coming):
    """What is still to be ordered of what a job is short of.

    :param float short: missing at the job's start
    :param float coming: ordered for the job, drafts too, and not there at its start
    """
    return max(short - max(coming, 0.0), 0.0)


def still_to_order(wanted, missing_then, missing_now):
    """What to order of a quantity that was asked for on an earlier view of what is missing.

    What has been ordered, or has come in, since that view is taken off: asking for the same
    twice orders it once, and asking for more than is missing still orders the more.

    :param float wanted: quantity asked for
    :param float missing_then: missing when it was asked for
    :param float missing_now: missing now
    """
    return max(wanted - max(missing_then - missing_now, 0.0), 0.0)


def needed_after_pickup(needed, delivered, received, picked):
    """Quantity that a job's line sells once ``picked`` more was picked up for it.

    A pick-up first covers what the line already sells and neither got from stock nor had bought
    for it; only what goes beyond is sold on top, so that it is billed, once.

    :param float needed: quantity the line sells now
    :param float delivered: delivered to the job so far
    :param float received: bought for the job and received before this pick-up
    :param float picked: picked up now
    """
    return max(needed, max(delivered, received) + picked)


def parts_cost(bought, bought_value, delivered, delivered_value):
    """Cost of one product on one job, each part counted once.

    All that was bought for the job is its cost, used or not. Of what was delivered from stock,
    that much was bought for it; only what goes beyond came from the firm's own stock.

    :param float bought: quantity bought for the job: received, or billed if that is more
    :param float bought_value: its value
    :param float delivered: quantity delivered to the job from stock, less what came back
    :param float delivered_value: its value in stock
    """
    if delivered <= max(bought, 0.0) or delivered <= SMALL:
        return bought_value
    return bought_value + delivered_value * (delivered - max(bought, 0.0)) / delivered


def receipt_state(to_order, ordered, received, has_draft):
    """Where a job's bought parts stand.

    :param float to_order: still to be ordered, in any unit
    :param float ordered: quantity on its purchase orders, drafts too
    :param float received: quantity of them received
    :param bool has_draft: whether one of the orders is not confirmed yet
    :return: ``to_order``, ``to_confirm``, ``ordered``, ``partial``, ``received`` or ``None``
    """
    if to_order > SMALL:
        return "to_order"
    if ordered <= SMALL:
        return None
    if received >= ordered - SMALL:
        return "received"
    if received > SMALL:
        return "partial"
    return "to_confirm" if has_draft else "ordered"
