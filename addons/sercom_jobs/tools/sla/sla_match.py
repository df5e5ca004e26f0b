"""Which service level fits a quote or a job best."""

from typing import NamedTuple


class Rule(NamedTuple):
    """What a service level is for. An empty criterion fits everything."""

    policy: object
    clients: frozenset = frozenset()
    products: frozenset = frozenset()
    categories: frozenset = frozenset()
    priority: str | None = None
    kinds: frozenset = frozenset()


class Need(NamedTuple):
    """What a quote or a job is. ``categories`` has the parents of the products' categories."""

    client: object = None
    products: frozenset = frozenset()
    categories: frozenset = frozenset()
    priority: str = "0"
    kinds: frozenset = frozenset()


def get_rank(rule, need):
    """How specific ``rule`` is for ``need``, ``None`` when it does not fit.

    One criterion outweighs all those after it: the client, then the kinds of work, all of which
    are needed, then a named service, then a category of services, then the priority.
    """
    product = bool(rule.products & need.products)
    category = bool(rule.categories & need.categories)
    fits = (
        (not rule.clients or need.client in rule.clients)
        and rule.kinds <= need.kinds
        and (product or category or not (rule.products or rule.categories))
        and (not rule.priority or rule.priority == need.priority)
    )
    if not fits:
        return None
    return (bool(rule.clients), len(rule.kinds), product, category, bool(rule.priority))


def find_best(rules, need):
    """Policy of the most specific rule that fits ``need``; of equal ones, the first.

    :param rules: in the order of their sequence
    :return: a policy, ``None`` when no rule fits
    """
    ranked = [(rank, rule) for rule in rules if (rank := get_rank(rule, need)) is not None]
    return max(ranked, key=lambda pair: pair[0])[1].policy if ranked else None
