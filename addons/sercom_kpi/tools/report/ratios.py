"""The ratios: always a sum over a sum, never an average of ratios."""

from typing import NamedTuple


class Ratio(NamedTuple):
    """``scale`` × sum of ``numerator`` ÷ sum of ``denominator``, both measures of the report."""

    numerator: str
    denominator: str
    scale: int = 1


PERCENT = 100
RATIOS = {
    "utilisation": Ratio("worked_hours", "capacity_hours", PERCENT),
    "realisation": Ratio("billed_hours", "worked_hours", PERCENT),
    "load_rate": Ratio("demand_hours", "capacity_hours", PERCENT),
    "effective_rate": Ratio("revenue", "worked_hours"),
    "cost_per_hour": Ratio("labour_cost", "worked_hours"),
    "margin_rate": Ratio("margin", "revenue", PERCENT),
    "average_ticket": Ratio("revenue", "done_count"),
    "first_fix_rate": Ratio("first_fix_count", "done_count", PERCENT),
    "callback_rate": Ratio("callback_count", "done_count", PERCENT),
    "on_time_rate": Ratio("on_time_count", "arrival_count", PERCENT),
    "average_delay": Ratio("arrival_delay", "arrival_count"),
    "sla_visit_rate": Ratio("sla_visit_met_count", "sla_visit_count", PERCENT),
    "sla_rate": Ratio("sla_met_count", "sla_count", PERCENT),
    "win_rate": Ratio("quote_won_count", "quote_decided_count", PERCENT),
    "win_rate_value": Ratio("quote_won_amount", "quote_decided_amount", PERCENT),
    "days_to_invoice": Ratio("invoice_days", "invoiced_count"),
    "days_to_pay": Ratio("payment_days", "paid_count"),
}


def get_ratio(numerator, denominator, scale=1):
    """The ratio of two sums; ``None`` where there is nothing to divide by.

    :param numerator: a sum; ``None`` counts as none
    """
    return scale * (numerator or 0.0) / denominator if denominator else None
