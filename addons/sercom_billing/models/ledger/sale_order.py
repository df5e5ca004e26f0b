from odoo import models
from odoo.tools import SQL

from .sale_order_line_sync import SYNC_LATER


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _create_invoices(self, grouped=False, final=False, date=None):
        later = set()
        moves = super(SaleOrder, SYNC_LATER(self, later))._create_invoices(grouped, final, date)
        moves = moves.with_env(self.env(su=moves.env.su))
        # sudo: the ledger follows, whoever bills
        lines = self.env["sale.order.line"].sudo().browse(later).exists()
        lines._sync_ledger()
        moves._credit_what_was_billed()
        # A bill by period writes what it bills on the lines: what is left is reckoned anew.
        self._forget_period()
        return moves

    def _compute_invoice_status(self):
        res = super()._compute_invoice_status()
        for order in self:
            # Hours worked on an order that was cancelled are owed all the same.
            if order.state == "cancel" and "to invoice" in order.order_line.mapped(
                "invoice_status"
            ):
                order.invoice_status = "to invoice"
        return res

    def _forget_period(self):
        # sudo: the ledger follows, whoever bills
        lines = self.sudo().order_line.filtered("fsm_order_id")
        for name in ("qty_to_invoice", "invoice_status"):
            self.env.add_to_compute(lines._fields[name], lines)

    def _get_last_entries(self):
        """Last row of the ledger of these orders: ``{order id: (number, digest)}``."""
        self.env["sercom.billing.entry"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (order_id) order_id, number, digest
                  FROM sercom_billing_entry
                 WHERE order_id = ANY(%s)
              ORDER BY order_id, number DESC
                """,
                self.ids,
            )
        )
        return {order: (number, digest) for order, number, digest in rows}

    def _get_kept_reason(self):
        # sudo: whoever billed it
        return super()._get_kept_reason() or (
            self.env._("%s has rows in the billing ledger.", self.name)
            if self.sudo().order_line._has_entries()
            else ""
        )
