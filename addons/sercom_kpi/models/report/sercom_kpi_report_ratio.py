from odoo import api, models
from odoo.tools import SQL

from ...tools.report.ratios import RATIOS


class SercomKpiReport(models.Model):
    """Ratios: of whatever is grouped, the sum of one measure over the sum of another.

    A ratio has no value of its own in a row: its column is empty.
    """

    _inherit = "sercom.kpi.report"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if name not in RATIOS:
            return super()._read_group_select(aggregate_spec, query)
        if function not in ("avg", "sum_currency"):
            raise ValueError(f"{name!r} is a ratio: ask for '{name}:avg'.")
        # The measures are read as who asks: no ratio tells what they may not read.
        self._check_field_access(self._fields[name], "read")
        ratio = RATIOS[name]
        is_rate = self._fields[ratio.denominator].type == "monetary"  # of money, in money
        if is_rate:
            function = "sum_currency"
        return SQL(
            "%s::float8 * COALESCE(%s, 0) / NULLIF(%s, 0)",
            ratio.scale,
            self._get_sum(ratio.numerator, function, query),
            self._get_sum(ratio.denominator, function, query),
        )

    def _get_sum(self, name, function, query):
        """SQL of the sum of a measure; money of several currencies in that of the reader."""
        is_money = self._fields[name].type == "monetary"
        function = "sum_currency" if is_money and function == "sum_currency" else "sum"
        return self._read_group_select(f"{name}:{function}", query)
