from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class FsmOrder(models.Model):
    """Which jobs are done and have something to bill that no standing invoice bills."""

    _inherit = "fsm.order"

    is_to_bill = fields.Boolean(
        "Done, Not Billed",
        compute="_compute_is_to_bill",
        search="_search_is_to_bill",
        help="The job is done, has lines, and no invoice of it stands: a cancelled one, or one "
        "that is credited in full, bills nothing.",
    )

    @api.depends("state", "sale_line_ids", "invoice_lines.parent_state", "invoice_lines.quantity")
    def _compute_is_to_bill(self):
        for job in self.sudo():  # sudo: whether it is invoiced, for who reads no invoices
            is_sold = job.state == "done" and job.sale_line_ids
            job.is_to_bill = bool(is_sold) and not job.invoice_lines._is_billed()

    def _search_is_to_bill(self, operator, value):
        if operator != "in":
            return NotImplemented
        sold = Domain("state", "=", "done") & Domain("sale_line_ids", "!=", False)
        return sold & Domain.custom(to_sql=self._get_not_billed_sql)

    def _get_not_billed_sql(self, model, alias, query):
        """SQL of ``account.move.line._is_billed``, the other way round."""
        return SQL(
            """
            NOT EXISTS (
                SELECT 1
                  FROM fsm_order_account_move_line_rel own
                  JOIN account_move_line line ON line.id = own.account_move_line_id
                  JOIN account_move move ON move.id = line.move_id
             LEFT JOIN sale_order_line_invoice_rel sold ON sold.invoice_line_id = line.id
                 WHERE own.fsm_order_id = %s
                   AND (line.parent_state = 'posted'
                        OR (line.parent_state = 'draft' AND move.move_type = 'out_invoice'))
              GROUP BY COALESCE(sold.order_line_id, -line.id)
                HAVING ABS(SUM(
                           CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END
                           * line.quantity)) > 0.00005
            )
            """,
            SQL.identifier(alias, "id"),
        )
