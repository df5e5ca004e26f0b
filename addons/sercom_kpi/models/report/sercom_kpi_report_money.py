from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

from ...tools.report.fact import Fact
from .sercom_kpi_report import REVENUE_GROUPS


class SercomKpiReport(models.Model):
    """Money: what is on the books as revenue, what work cost, what is still to invoice."""

    _inherit = "sercom.kpi.report"
    _depends = {
        "account.account": ["account_type"],
        "account.move": [
            "company_id",
            "invoice_date",
            "move_type",
            "partner_id",
            "payment_state",
            "service_file_id",
            "state",
        ],
        "account.move.line": [
            "account_id",
            "balance",
            "company_id",
            "date",
            "fsm_order_ids",
            "move_id",
            "parent_state",
            "partner_id",
            "product_id",
        ],
        "account.partial.reconcile": ["credit_move_id", "debit_move_id", "max_date"],
        "fsm.order": ["date_end", "state"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["invoice_policy", "type"],
        "sale.order": ["currency_rate", "date_order", "partner_id", "service_file_id"],
        "sale.order.line": [
            "company_id",
            "discount",
            "display_type",
            "order_id",
            "price_subtotal",
            "price_unit",
            "product_uom_qty",
            "qty_to_invoice",
            "state",
        ],
    }

    kind = fields.Selection(
        selection_add=[
            ("revenue", "Revenue"),
            ("to_invoice", "Work to Invoice"),
            ("payment", "Invoices and Their Payment"),
        ]
    )
    revenue = fields.Monetary(
        readonly=True,
        groups=REVENUE_GROUPS,
        help="Posted journal items on income accounts, taxes apart: invoices less credit notes, "
        "at their accounting date.",
    )
    credited_amount = fields.Monetary(
        "Credited",
        readonly=True,
        groups=REVENUE_GROUPS,
        help="Of the revenue, what credit notes took back (already taken off).",
    )
    amount_to_invoice = fields.Monetary(
        "To Invoice",
        readonly=True,
        groups=REVENUE_GROUPS,
        help="Value, taxes apart, of work done and not billed, as of now, on the day the job "
        "ended: delivered lines, and those sold in advance once their job is over; deposits "
        "taken off.",
    )
    labour_cost = fields.Monetary(
        readonly=True,
        groups=MARGIN_GROUPS,
        help="Cost of the hours worked and travelled, at each person's cost of that day.",
    )
    parts_cost = fields.Monetary(
        "Parts and Purchases",
        readonly=True,
        groups=MARGIN_GROUPS,
        help="What was bought for jobs, and the stock value of other parts delivered to them. "
        "Empty where parts are not managed.",
    )
    margin = fields.Monetary(
        readonly=True,
        groups=MARGIN_GROUPS,
        help="Revenue − labour − parts and purchases.",
    )
    payment_days = fields.Integer(
        "Days Until Paid",
        readonly=True,
        groups=REVENUE_GROUPS,
        help="Days from each invoice to its last payment, of the invoices that are paid.",
    )
    paid_count = fields.Integer("Paid Invoices", readonly=True, groups=REVENUE_GROUPS)
    effective_rate = fields.Monetary(
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Revenue ÷ worked hours, in money per hour.",
    )
    cost_per_hour = fields.Monetary(
        "Cost per Hour",
        readonly=True,
        aggregator="avg",
        groups=MARGIN_GROUPS,
        help="Labour cost (travel too) ÷ worked hours, in money per hour.",
    )
    margin_rate = fields.Float(
        "Margin (%)",
        readonly=True,
        aggregator="avg",
        groups=MARGIN_GROUPS,
        help="Margin ÷ revenue, in percent.",
    )
    average_ticket = fields.Monetary(
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Revenue ÷ jobs done, in money per job.",
    )
    days_to_pay = fields.Float(
        "Days to Pay",
        readonly=True,
        aggregator="avg",
        groups=REVENUE_GROUPS,
        help="Days until paid ÷ paid invoices, on the date of the invoice.",
    )

    @api.model
    def _get_facts(self):
        return {
            **super()._get_facts(),
            "revenue": self._get_revenue_fact(),
            "to_invoice": self._get_to_invoice_fact(),
            "payment": self._get_payment_fact(),
        }

    @api.model
    def _get_revenue_fact(self):
        """What is on the income accounts: so the sum is the one of the profit and loss."""
        job = SQL(
            """(SELECT MIN(link.fsm_order_id) FROM fsm_order_account_move_line_rel link
                 WHERE link.account_move_line_id = fact.id)"""
        )
        return Fact(
            5,
            "account.move.line",
            SQL("fact.id"),
            {
                **self._get_job_columns(),
                "service_file_id": SQL("COALESCE(job.service_file_id, move.service_file_id)"),
                "partner_id": SQL("COALESCE(job.partner_id, move.partner_id, fact.partner_id)"),
                "is_service": SQL(
                    "COALESCE(job.service_file_id, move.service_file_id) IS NOT NULL"
                ),
                "date": SQL("fact.date"),
                **self._get_company_columns(SQL("fact.company_id")),
                "product_id": SQL("fact.product_id"),
                "revenue": SQL("-fact.balance"),
                "credited_amount": SQL(
                    "CASE WHEN move.move_type = 'out_refund' THEN fact.balance ELSE 0 END"
                ),
            },
            SQL(
                """account_move_line fact
                JOIN account_move move ON move.id = fact.move_id
                JOIN account_account account ON account.id = fact.account_id
                LEFT JOIN fsm_order job ON job.id = %s
                %s
                WHERE fact.parent_state = 'posted' AND account.account_type = 'income'""",
                job,
                self._get_company_join(SQL("fact.company_id")),
            ),
        )

    @api.model
    def _get_to_invoice_fact(self):
        price = SQL(
            """(CASE WHEN fact.product_uom_qty <> 0
                     THEN fact.price_subtotal / fact.product_uom_qty
                     ELSE fact.price_unit * (1 - COALESCE(fact.discount, 0) / 100) END)"""
        )
        return Fact(
            6,
            "sale.order.line",
            SQL("fact.id"),
            {
                **self._get_job_columns(),
                "service_file_id": SQL("COALESCE(job.service_file_id, sale.service_file_id)"),
                "partner_id": SQL("COALESCE(job.partner_id, sale.partner_id)"),
                "date": self._get_local_date(SQL("COALESCE(job.date_end, sale.date_order)")),
                **self._get_company_columns(SQL("fact.company_id")),
                "product_id": SQL("fact.product_id"),
                "amount_to_invoice": SQL(
                    "fact.qty_to_invoice * %s / COALESCE(NULLIF(sale.currency_rate, 0), 1)", price
                ),
            },
            SQL(
                """sale_order_line fact
                JOIN sale_order sale ON sale.id = fact.order_id
                LEFT JOIN product_product product ON product.id = fact.product_id
                LEFT JOIN product_template template ON template.id = product.product_tmpl_id
                LEFT JOIN fsm_order job ON job.id = fact.fsm_order_id
                %s
                WHERE fact.qty_to_invoice <> 0
                  AND fact.display_type IS NULL
                  AND (job.id IS NOT NULL
                       AND (template.invoice_policy = 'delivery'
                            OR job.state IN ('done', 'cancelled'))
                       OR fact.is_downpayment AND EXISTS (
                          SELECT 1 FROM fsm_order done
                           WHERE done.sale_id = sale.id
                             AND done.state IN ('done', 'cancelled')))""",
                self._get_company_join(SQL("fact.company_id")),
            ),
        )

    @api.model
    def _get_payment_fact(self):
        return Fact(
            7,
            "account.move",
            SQL("fact.id"),
            {
                "date": SQL("fact.invoice_date"),
                **self._get_company_columns(SQL("fact.company_id")),
                "service_file_id": SQL("fact.service_file_id"),
                "partner_id": SQL("fact.partner_id"),
                "is_service": SQL("TRUE"),
                "payment_days": SQL("paid.day - fact.invoice_date"),
                "paid_count": SQL("CASE WHEN paid.day IS NOT NULL THEN 1 END"),
            },
            SQL(
                """account_move fact
                %s
                LEFT JOIN LATERAL (
                    SELECT MAX(part.max_date) AS day
                      FROM account_move_line receivable
                      JOIN account_partial_reconcile part ON part.debit_move_id = receivable.id
                     WHERE receivable.move_id = fact.id
                       AND fact.payment_state IN ('paid', 'in_payment')) paid ON TRUE
                WHERE fact.state = 'posted'
                  AND fact.move_type = 'out_invoice'
                  AND fact.service_file_id IS NOT NULL""",
                self._get_company_join(SQL("fact.company_id")),
            ),
        )
