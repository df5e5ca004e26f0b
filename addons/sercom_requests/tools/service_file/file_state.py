"""State of a service file, told from the states of its records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileFacts:
    """What a service file's state depends on.

    ``open_requests`` and ``open_quotes`` still wait for an answer; ``sold_orders`` are
    confirmed; ``open_jobs`` are neither done nor cancelled; ``to_invoice`` tells whether sold
    work waits for its invoice, or for the posting of it; ``invoiced`` counts posted invoices
    and ``due`` is what is left to pay on them, in the company's currency; ``ended`` counts the
    lost requests and quotes.
    """

    open_requests: int = 0
    open_quotes: int = 0
    sold_orders: int = 0
    open_jobs: int = 0
    done_jobs: int = 0
    to_invoice: bool = False
    invoiced: int = 0
    due: float = 0.0
    ended: int = 0


def file_state(facts):
    """Tell the state of a service file: the farthest point that all of its work has reached.

    :param FileFacts facts: counts of its records
    :return: ``request``, ``quoted``, ``sold``, ``to_invoice``, ``invoiced``, ``paid`` or ``lost``
    """
    if facts.open_jobs:
        return "sold"
    if facts.to_invoice:
        return "to_invoice"
    if facts.invoiced and facts.due > 0:
        return "invoiced"
    if facts.invoiced and not facts.open_quotes:
        return "paid"
    if facts.sold_orders and not facts.invoiced:
        return "to_invoice" if facts.done_jobs else "sold"
    if facts.open_quotes:
        return "quoted"
    if facts.open_requests or not facts.ended:
        return "request"
    return "lost"
