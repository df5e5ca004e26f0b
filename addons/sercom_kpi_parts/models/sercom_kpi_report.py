from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sercom_kpi.tools.report.fact import Fact

# Join of the ``quantity`` that a purchase line was billed for, in its own unit.
BILLED_JOIN = SQL(
    """
    CROSS JOIN LATERAL (
        SELECT COALESCE(SUM(CASE WHEN bill.move_type = 'in_refund' THEN -1 ELSE 1 END
                            * item.quantity * unit.factor / own.factor), 0) AS quantity
          FROM account_move_line item
          JOIN account_move bill ON bill.id = item.move_id
          JOIN uom_uom unit ON unit.id = item.product_uom_id
         WHERE item.purchase_line_id = line.id AND item.parent_state = 'posted') billed
    """
)


class SercomKpiReport(models.Model):
    """Parts and purchases of jobs: the same cost as the job's own, each part once.

    What was bought for a job is its cost: at the bill's amount and date; what came and is not
    billed yet, at its price on the order, the day it came. Of what was delivered from stock, only
    what goes beyond it (``parts_cost`` in ``sercom_parts/tools``).
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "account.move.line": ["product_uom_id", "purchase_line_id", "quantity"],
        "product.product": ["standard_price"],
        "product.template": ["is_storable", "uom_id"],
        "purchase.order": ["currency_id", "date_approve", "date_order", "effective_date", "state"],
        "purchase.order.line": [
            "display_type",
            "fsm_order_id",
            "order_id",
            "price_subtotal",
            "product_id",
            "product_qty",
            "product_uom_id",
            "qty_received",
        ],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
        "stock.location": ["usage"],
        "stock.move": [
            "company_id",
            "date",
            "location_dest_id",
            "location_id",
            "product_id",
            "product_uom",
            "quantity",
            "sale_line_id",
            "state",
            "value",
        ],
        "uom.uom": ["factor"],
    }

    kind = fields.Selection(
        selection_add=[
            ("bought", "Bought for Jobs"),
            ("received", "Received, Not Billed Yet"),
            ("part", "Parts from Stock"),
        ]
    )

    @api.model
    def _get_facts(self):
        return {
            **super()._get_facts(),
            "bought": self._get_bought_fact(),
            "received": self._get_received_fact(),
            "part": self._get_part_fact(),
        }

    @api.model
    def _get_cost_columns(self, date, company, product, cost):
        return {
            **self._get_job_columns(),
            "date": date,
            **self._get_company_columns(company),
            "product_id": product,
            "parts_cost": cost,
        }

    @api.model
    def _get_bought_fact(self):
        return Fact(
            10,
            "account.move.line",
            SQL("fact.id"),
            self._get_cost_columns(
                SQL("fact.date"),
                SQL("fact.company_id"),
                SQL("line.product_id"),
                SQL("fact.balance"),
            ),
            SQL(
                """account_move_line fact
                JOIN purchase_order_line line ON line.id = fact.purchase_line_id
                JOIN purchase_order purchase ON purchase.id = line.order_id
                JOIN fsm_order job ON job.id = line.fsm_order_id
                %s
                WHERE fact.parent_state = 'posted'
                  AND purchase.state = 'purchase'
                  AND line.display_type IS NULL""",
                self._get_company_join(SQL("fact.company_id")),
            ),
        )

    @api.model
    def _get_received_fact(self):
        came = SQL("COALESCE(purchase.effective_date, purchase.date_approve, purchase.date_order)")
        day = self._get_local_date(came)
        return Fact(
            11,
            "purchase.order.line",
            SQL("line.id"),
            self._get_cost_columns(
                day,
                SQL("line.company_id"),
                SQL("line.product_id"),
                SQL(
                    "line.price_subtotal / line.product_qty"
                    " * (line.qty_received - billed.quantity) / %s * %s",
                    self._get_rate_sql(SQL("purchase.currency_id"), came),
                    self._get_rate_sql(SQL("company.currency_id"), came),
                ),
            ),
            SQL(
                """purchase_order_line line
                JOIN purchase_order purchase ON purchase.id = line.order_id
                JOIN fsm_order job ON job.id = line.fsm_order_id
                JOIN uom_uom own ON own.id = line.product_uom_id
                %s %s
                WHERE purchase.state = 'purchase'
                  AND line.display_type IS NULL
                  AND line.product_qty <> 0
                  AND line.qty_received > billed.quantity""",
                self._get_company_join(SQL("line.company_id")),
                BILLED_JOIN,
            ),
        )

    @api.model
    def _get_rate_sql(self, currency, moment):
        """SQL of a currency's rate on a day, as ``res.currency`` has it: else the first, else 1."""
        rates = SQL(
            """SELECT rate.rate FROM res_currency_rate rate
                WHERE rate.currency_id = %s
                  AND (rate.company_id IS NULL
                       OR rate.company_id = split_part(company.parent_path, '/', 1)::int)""",
            currency,
        )
        return SQL(
            """COALESCE(
                (%(rates)s AND rate.name <= (%(moment)s)::date
                 ORDER BY rate.company_id, rate.name DESC LIMIT 1),
                (%(rates)s ORDER BY rate.company_id, rate.name LIMIT 1), 1)""",
            rates=rates,
            moment=moment,
        )

    @api.model
    def _get_part_fact(self):
        """What left the stock for jobs, less what came back, and less what was bought for them."""
        return Fact(
            12,
            "stock.move",
            SQL("fact.id"),
            self._get_cost_columns(
                self._get_local_date(SQL("fact.date")),
                SQL("fact.company_id"),
                SQL("fact.product_id"),
                SQL(
                    """fact.value
                       * CASE WHEN fact.delivered > 0.000000001
                              THEN GREATEST(0, fact.delivered - bought.quantity) / fact.delivered
                              ELSE 0 END"""
                ),
            ),
            SQL(
                """(%s) fact
                JOIN fsm_order job ON job.id = fact.job_id
                %s %s""",
                self._get_moves_query(),
                self._get_company_join(SQL("fact.company_id")),
                self._get_bought_join(),
            ),
        )

    @api.model
    def _get_bought_join(self):
        """Join of the ``quantity`` of a part that was bought for its job, as ``bought``."""
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT GREATEST(0, COALESCE(SUM(
                           GREATEST(line.qty_received, billed.quantity)
                           * own.factor / unit.factor), 0)) AS quantity
                  FROM purchase_order_line line
                  JOIN purchase_order purchase ON purchase.id = line.order_id
                  JOIN uom_uom own ON own.id = line.product_uom_id
                  JOIN uom_uom unit ON unit.id = fact.uom_id
                    %s
                 WHERE line.fsm_order_id = fact.job_id
                   AND line.product_id = fact.product_id
                   AND line.display_type IS NULL
                   AND purchase.state = 'purchase') bought ON TRUE
            """,
            BILLED_JOIN,
        )

    @api.model
    def _get_moves_query(self):
        """SQL of what moved between the stock and the clients of jobs: below zero, back."""
        return SQL(
            """
            SELECT move.id, move.date, move.company_id, move.product_id, template.uom_id,
                   sold.fsm_order_id AS job_id,
                   sign.sign * CASE WHEN template.is_storable THEN ABS(move.value)
                       ELSE quantity.quantity * COALESCE(
                            (product.standard_price ->> move.company_id::text)::float8, 0)
                       END AS value,
                   SUM(sign.sign * quantity.quantity) OVER (
                       PARTITION BY sold.fsm_order_id, move.product_id) AS delivered
              FROM stock_move move
              JOIN sale_order_line sold ON sold.id = move.sale_line_id
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = move.product_uom
              JOIN uom_uom unit ON unit.id = template.uom_id
        CROSS JOIN LATERAL (SELECT move.quantity * own.factor / unit.factor AS quantity) quantity
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN source.usage = 'customer' THEN -1 ELSE 1 END AS sign) sign
             WHERE move.state = 'done'
               AND sold.fsm_order_id IS NOT NULL
               AND (source.usage = 'customer') <> (target.usage = 'customer')
            """
        )
