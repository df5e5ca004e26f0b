from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.report.ratios import RATIOS


class SercomKpiReport(models.Model):
    """Ratios: of whatever is grouped, the sum of one measure over the sum of another.

    A ratio has no value of its own in a row: its column is empty.
    """

    _inherit = "sercom.kpi.report"

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), **options):
        """What a pivot asks: only facts that say something of the figures shown.

        So a pivot of hours has no row for what has no hours, and PostgreSQL reads no other kind.
        """
        self.check_access("read")
        domain = Domain(domain) & self._get_kinds_domain(aggregates)
        return super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, **options)

    @api.model
    def _get_kinds_domain(self, aggregates):
        """Domain of the kinds of facts that aggregates are about; all of them for a mere count."""
        measures = set()
        for spec in aggregates:
            name = spec.partition(":")[0]
            measures.update(RATIOS[name][:2] if name in RATIOS else [name])
        measures -= {"__count", "currency_id"}
        known = {kind: fact.get_measures() for kind, fact in self._get_facts().items()}
        kinds = [kind for kind, own in known.items() if own & measures]
        return Domain("kind", "in", kinds) if kinds else Domain.TRUE

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
