from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import Fact
from .sercom_kpi_report import REVENUE_GROUPS


class SercomKpiReport(models.Model):
    """Quotes of service files, on the day they were made; older versions and the orders that
    jobs open by themselves are none.
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "sale.order": [
            "amount_untaxed",
            "company_id",
            "currency_rate",
            "fsm_location_id",
            "is_opened_by_job",
            "partner_id",
            "quote_status",
            "service_file_id",
        ],
    }

    kind = fields.Selection(selection_add=[("quote", "Quotes")])
    quote_count = fields.Integer("Quotes", readonly=True, groups=REVENUE_GROUPS)
    quote_won_count = fields.Integer("Quotes Sold", readonly=True, groups=REVENUE_GROUPS)
    quote_decided_count = fields.Integer(
        "Quotes Decided", readonly=True, groups=REVENUE_GROUPS, help="Quotes sold or lost."
    )
    quote_amount = fields.Monetary(
        "Quoted", readonly=True, groups=REVENUE_GROUPS, help="Amount of quotes, taxes apart."
    )
    quote_won_amount = fields.Monetary("Quoted and Sold", readonly=True, groups=REVENUE_GROUPS)
    quote_decided_amount = fields.Monetary(
        "Quoted and Decided", readonly=True, groups=REVENUE_GROUPS
    )
    win_rate = fields.Float(
        "Win Rate (%)",
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Quotes sold ÷ quotes sold or lost, in percent; open ones do not count.",
    )
    win_rate_value = fields.Float(
        "Win Rate by Value (%)",
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Amount of quotes sold ÷ amount of quotes sold or lost, in percent.",
    )

    @api.model
    def _get_facts(self):
        amount = SQL("fact.amount_untaxed / COALESCE(NULLIF(fact.currency_rate, 0), 1)")
        is_won = SQL("fact.quote_status = 'sold'")
        is_decided = SQL("fact.quote_status IN ('sold', 'lost')")
        return {
            **super()._get_facts(),
            "quote": Fact(
                9,
                "sale.order",
                SQL("fact.id"),
                {
                    "date": self._get_local_date(SQL("fact.create_date")),
                    **self._get_company_columns(SQL("fact.company_id")),
                    "service_file_id": SQL("fact.service_file_id"),
                    "partner_id": SQL("fact.partner_id"),
                    "location_id": SQL("fact.fsm_location_id"),
                    "is_service": SQL("TRUE"),
                    "quote_count": SQL("1"),
                    "quote_won_count": self._get_flag(is_won),
                    "quote_decided_count": self._get_flag(is_decided),
                    "quote_amount": amount,
                    "quote_won_amount": SQL("CASE WHEN %s THEN %s ELSE 0 END", is_won, amount),
                    "quote_decided_amount": SQL(
                        "CASE WHEN %s THEN %s ELSE 0 END", is_decided, amount
                    ),
                },
                SQL(
                    """sale_order fact
                    %s
                    WHERE fact.service_file_id IS NOT NULL
                      AND fact.is_opened_by_job IS NOT TRUE
                      AND fact.quote_status IN ('open', 'sold', 'lost')""",
                    self._get_company_join(SQL("fact.company_id")),
                ),
            ),
        }
