from odoo import models
from odoo.exceptions import UserError

LEDGER_FIELDS = frozenset({"state", "move_type", "reversed_entry_id"})


class AccountMove(models.Model):
    """Invoices and credit notes: the ledger follows their life."""

    _inherit = "account.move"

    def unlink(self):
        self._check_deposits_not_deducted()
        return super().unlink()

    def write(self, vals):
        if vals.get("state") == "cancel":
            self._check_deposits_not_deducted()
        if LEDGER_FIELDS.isdisjoint(vals):
            return super().write(vals)
        order_lines = self.line_ids._get_billed_order_lines()
        owed = order_lines._get_overbilled() if "state" in vals else None
        res = super().write(vals)
        order_lines._sync_ledger()
        if owed is not None:
            self._check_not_billed_again(order_lines, owed)
        return res

    def _check_not_billed_again(self, order_lines, before):
        """Refuse that a document comes back (or a credit goes) when what it bills is billed again.

        :param order_lines: what these documents bill or credit
        :param dict before: ``_get_overbilled`` before the change
        :raises UserError: naming both documents and the way out
        """
        for line, excess in order_lines._get_overbilled().items():
            if excess <= before.get(line, 0.0) + 1e-4:
                continue
            others = line.invoice_lines.move_id.filtered(
                lambda move: move.state != "cancel" and move.move_type == "out_invoice"
            )
            raise UserError(
                self.env._(
                    "“%(line)s” of %(document)s is billed again on %(others)s: it would be billed "
                    "twice. Credit or delete that one first.",
                    line=line.name,
                    document=", ".join(self.mapped("display_name")),
                    others=", ".join((others - self).mapped("display_name"))
                    or self.env._("another line of it"),
                )
            )

    def _check_deposits_not_deducted(self):
        """Refuse that a deposit goes while another document deducts it: that money would be lost.

        :raises UserError: naming both and the way out
        """
        # sudo: whoever cancels a deposit need not read its order
        for move in self.sudo():
            deposits = move.line_ids.sale_line_ids.filtered("is_downpayment")
            if not deposits.order_id.fsm_order_ids or not move._is_downpayment():
                continue
            deducted = deposits.invoice_lines.filtered(
                lambda bill: bill.quantity < 0 and bill.move_id.move_type == "out_invoice"
            )
            others = (deducted.move_id - self).filtered(lambda other: other.state != "cancel")
            if others:
                raise UserError(
                    self.env._(
                        "The deposit %(deposit)s is deducted on %(others)s. Delete or credit that "
                        "one first.",
                        deposit=move.display_name,
                        others=", ".join(others.mapped("display_name")),
                    )
                )

    def _credit_what_was_billed(self):
        """Say which invoice these credit notes of orders give back, and at whose price.

        Odoo leaves both out: nobody sees what is credited, and it is not reconciled.
        """
        # sudo: the ledger follows, whoever bills
        for move in self.sudo():
            if move.move_type != "out_refund" or move.reversed_entry_id:
                continue
            origins = {}
            for bill in move.invoice_line_ids:
                if bill.sale_line_ids.fsm_order_id and (origin := bill._get_credited_bill()):
                    origins[bill] = origin
            invoices = move.browse().union(*(origin.move_id for origin in origins.values()))
            if not invoices:
                continue
            for bill, origin in origins.items():
                if (bill.price_unit, bill.discount) != (origin.price_unit, origin.discount):
                    bill.write({"price_unit": origin.price_unit, "discount": origin.discount})
            move.reversed_entry_id = invoices.sorted("id")[-1]
