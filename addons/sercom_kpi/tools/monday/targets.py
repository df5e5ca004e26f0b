"""Targets of the week, of several companies at once."""


def merge_targets(values, is_ratio, company_count):
    """The target of all the companies that are shown.

    :param values: what each company aims at, those without a target left out
    :param bool is_ratio: a share or a rate, which is not added up: it is told where all companies
        aim at the same
    :param int company_count: how many companies are shown
    :return: the target; ``None`` where a company has none, or where they differ
    """
    if not values or len(values) < company_count:
        return None
    if not is_ratio:
        return sum(values)
    return values[0] if len(set(values)) == 1 else None


def get_reached(value, target, is_more_better=True):
    """Whether a figure reached its target; ``None`` where one of them is missing."""
    if value is None or target is None:
        return None
    return value >= target if is_more_better else value <= target
