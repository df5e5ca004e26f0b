from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.field_access import readers_only

STAGES = ("draft", "sent", "expired", "sold", "lost", "replaced")


class SaleOrder(models.Model):
    """Where a quote stands, as its readers say it; ``quote_status`` is what reckons with it."""

    _inherit = "sale.order"

    quote_stage = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("expired", "Expired"),
            ("sold", "Sold"),
            ("lost", "Lost"),
            ("replaced", "Replaced"),
        ],
        compute="_compute_quote_stage",
        search="_search_quote_stage",
        groups="base.group_user",
        help="Expired: open, and past its validity date. Replaced: a newer version took its place.",
    )

    @api.depends("state", "quote_status", "validity_date")
    @api.depends_context("tz")
    def _compute_quote_stage(self):
        self.quote_stage = False
        for stage in STAGES:
            self.filtered_domain(self._get_quote_stage_domain(stage)).quote_stage = stage

    @readers_only
    def _search_quote_stage(self, operator, values):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_quote_stage_domain(value) for value in values if value)

    @api.model
    def _get_quote_stage_domain(self, stage):
        """Orders that stand at ``stage``; past its validity date an open quote has expired."""
        if stage in ("sold", "lost", "replaced"):
            return Domain("quote_status", "=", stage)
        expired = Domain("validity_date", "<", fields.Date.context_today(self))
        if stage == "expired":
            return Domain("state", "in", ("draft", "sent")) & expired
        kept = Domain("validity_date", "=", False) | ~expired
        return Domain("state", "=", stage) & kept

    def _field_to_sql(self, alias, field_expr, query=None):
        # Nothing is stored, as a quote expires overnight: lists are grouped and sorted by the
        # conditions that the filters have.
        if field_expr != "quote_stage":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        stages = (
            SQL(
                "WHEN %s THEN %s",
                self._get_quote_stage_domain(stage).optimize_full(self)._to_sql(self, alias, query),
                stage,
            )
            for stage in STAGES
        )
        return SQL("CASE %s END", SQL(" ").join(stages))

    def _prepare_revision_validity(self):
        """Validity of the next version: the company's, or else as many days as this one had."""
        self.ensure_one()
        if not self.validity_date or self.company_id.quotation_validity_days > 0:
            return {}
        given = fields.Datetime.context_timestamp(self, self.create_date).date()
        days = max((self.validity_date - given).days, 1)
        return {"validity_date": fields.Date.context_today(self) + timedelta(days)}
