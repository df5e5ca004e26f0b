from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.monday.weeks import AGES


class SercomKpiReceivable(models.Model):
    """What clients owe and paid: a posted invoice or credit note a row, its rest by age.

    Amounts are the ledger's own, in the company's currency, credit notes below zero. Days late
    are counted from the due date to today, as the reader's clock shows it.
    """

    _name = "sercom.kpi.receivable"
    _description = "Owed by clients"
    _auto = False
    _order = "date_due, id"
    _rec_name = "move_id"
    _depends = {
        "account.move": [
            "amount_residual_signed",
            "amount_total_signed",
            "commercial_partner_id",
            "company_id",
            "invoice_date",
            "invoice_date_due",
            "move_type",
            "service_file_id",
            "state",
        ],
        "account.move.line": ["move_id"],
        "account.partial.reconcile": ["amount", "credit_move_id", "debit_move_id"],
        "res.company": ["currency_id"],
    }

    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    service_file_id = fields.Many2one("sercom.service.file", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date("Invoiced On", readonly=True)
    date_due = fields.Date("Due", readonly=True)
    days_late = fields.Integer(readonly=True, aggregator="max", help="Days after the due date.")
    amount_invoiced = fields.Monetary("Invoiced", readonly=True, help="Taxes included.")
    amount_credited = fields.Monetary(
        "Credited",
        readonly=True,
        help="Of an invoice, what credit notes settled; of a credit note, what it settled, below "
        "zero.",
    )
    amount_paid = fields.Monetary(
        "Paid", readonly=True, help="Of what was invoiced, what payments settled."
    )
    amount_owed = fields.Monetary("Owed", readonly=True, help="What is left to pay.")
    amount_not_due = fields.Monetary("Not Due Yet", readonly=True)
    amount_age_1 = fields.Monetary("1 to 30 Days", readonly=True)
    amount_age_2 = fields.Monetary("31 to 60 Days", readonly=True)
    amount_age_3 = fields.Monetary("61 to 90 Days", readonly=True)
    amount_age_4 = fields.Monetary("More Than 90 Days", readonly=True)
    amount_overdue = fields.Monetary("Overdue", readonly=True, help="Owed and past its due date.")

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        late = SQL("GREATEST(0, %s - COALESCE(move.invoice_date_due, %s))", today, today)
        owed = SQL("move.amount_residual_signed")
        ages = [self._get_age_sql(late, owed, age) for age in range(len(AGES) + 1)]
        return SQL(
            """
            SELECT move.id, move.id AS move_id, move.commercial_partner_id AS partner_id,
                   move.service_file_id, move.company_id, company.currency_id,
                   move.invoice_date AS date, move.invoice_date_due AS date_due,
                   %(late)s AS days_late,
                   move.amount_total_signed AS amount_invoiced,
                   COALESCE(credited.amount, 0) AS amount_credited,
                   move.amount_total_signed - %(owed)s - COALESCE(credited.amount, 0)
                       AS amount_paid,
                   %(owed)s AS amount_owed,
                   %(not_due)s AS amount_not_due,
                   %(first)s AS amount_age_1,
                   %(second)s AS amount_age_2,
                   %(third)s AS amount_age_3,
                   %(fourth)s AS amount_age_4,
                   %(owed)s - %(not_due)s AS amount_overdue
              FROM account_move move
              JOIN res_company company ON company.id = move.company_id
         LEFT JOIN LATERAL (
                   SELECT SUM(CASE WHEN invoice.move_id = move.id THEN part.amount
                                   ELSE -part.amount END) AS amount
                     FROM account_partial_reconcile part
                     JOIN account_move_line invoice ON invoice.id = part.debit_move_id
                     JOIN account_move_line credit ON credit.id = part.credit_move_id
                     JOIN account_move other
                       ON other.id = CASE WHEN invoice.move_id = move.id THEN credit.move_id
                                          ELSE invoice.move_id END
                    WHERE move.id IN (invoice.move_id, credit.move_id)
                      AND other.move_type IN ('out_invoice', 'out_refund')
                      AND other.move_type <> move.move_type) credited ON TRUE
             WHERE move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund')
            """,
            late=late,
            owed=owed,
            not_due=ages[0],
            first=ages[1],
            second=ages[2],
            third=ages[3],
            fourth=ages[4],
        )

    @api.model
    def _get_age_sql(self, late, owed, age):
        """SQL of what is owed in a column of the ageing (``tools/monday/weeks.py``)."""
        low = AGES[age - 1] if age else -1
        high = AGES[age] if age < len(AGES) else None
        limit = SQL("TRUE") if high is None else SQL("%s <= %s", late, high)
        return SQL("CASE WHEN %s > %s AND %s THEN %s ELSE 0 END", late, low, limit, owed)

    def action_open_record(self):
        """Open the invoice.

        :return: window action of its form
        """
        self.ensure_one()
        return self.env["sercom.kpi.report"]._open_records("account.move", self.move_id.ids)
