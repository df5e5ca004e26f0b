from odoo import api, models

# Journal items that Odoo names itself, in the language of whoever posts.
OWN_WORDS = ("tax", "payment_term")


class SercomAccountingDocument(models.AbstractModel):
    """What is kept of a record when it is sent, and what the ledger says of those in a file."""

    _inherit = "sercom.accounting.document"

    @api.model
    def _get_snapshot(self, record):
        """Values of a record that matter to the bookkeeper, in plain JSON.

        Names of accounts and taxes in their program are left out: to rename one changes no
        invoice.
        """
        if not record:
            return {}
        return {
            "account.move": self._get_move_snapshot,
            "account.payment": self._get_payment_snapshot,
            "res.partner": self._get_partner_snapshot,
            "product.product": self._get_product_snapshot,
        }[record._name](record)

    def _get_entries(self, move):
        return sorted(
            [
                [
                    line.account_id.code or "",
                    "" if line.display_type in OWN_WORDS else line.name or "",
                    f"{line.quantity:g}",
                    f"{line.balance:.2f}",
                    f"{line.amount_currency:.2f}",
                ]
                for line in move.line_ids
                if line.display_type not in ("line_section", "line_subsection", "line_note")
            ]
        )

    def _get_move_snapshot(self, move):
        return {
            "state": move.state,
            "name": move.name or "",
            "invoice_date": str(move.invoice_date or ""),
            "invoice_date_due": str(move.invoice_date_due or ""),
            "commercial_partner_id": move.commercial_partner_id.id,
            "currency_id": move.currency_id.name,
            "amount_total": f"{move.amount_total:.2f}",
            "ref": move.ref or "",
            "line_ids": self._get_entries(move),
        }

    def _get_payment_snapshot(self, payment):
        # A payment that the bank's statement has becomes paid: the same money.
        state = "paid" if payment.state == "in_process" else payment.state
        return {
            "state": state,
            "name": payment.name or "",
            "date": str(payment.date),
            "partner_id": payment.partner_id.commercial_partner_id.id,
            "currency_id": payment.currency_id.name,
            "amount": f"{payment.amount:.2f}",
            "line_ids": self._get_entries(payment.move_id),
        }

    def _get_partner_snapshot(self, partner):
        names = ("name", "street", "street2", "city", "zip", "phone", "email")
        return {
            **{name: partner[name] or "" for name in names},
            "state_id": partner.state_id.code or "",
            "country_id": partner.country_id.code or "",
        }

    def _get_product_snapshot(self, product):
        return {
            "name": product.name or "",
            "default_code": product.default_code or "",
            "list_price": f"{product.list_price:.2f}",
        }

    # The ledger's side of the certificate

    @api.model
    def _get_ledger_total(self, section, records):
        """What the journal items say of the columns that a section's layout certifies.

        Read from the database, not from the documents that the file was made of.

        :param Section section: its layout, as plain data
        :param records: recordset of what is in the file
        """
        measures = [column.value for column in section.columns if column.is_total]
        if not measures or not records:
            return 0.0
        return sum(self._get_measure(value, records) for value in measures)

    def _get_measure(self, value, records):
        counterpart, moves = self._get_counterpart(records)
        items = [("display_type", "not in", ("payment_term", "tax", "cogs"))]
        domain, field, sign = {
            "debit": ([], "debit", 1),
            "credit": ([], "credit", 1),
            "home_total": (counterpart, "balance", 1),
            "home_amount": (items, "balance", -1),
            "total": (counterpart, "amount_currency", 1),
            "amount": (items, "amount_currency", -1),
        }[value]
        credit_notes = moves.filtered(lambda move: move.move_type == "out_refund")
        total = self._sum(moves - credit_notes, domain, field)
        # Their own amounts are positive on a credit note; those of the books are not.
        turned = -1 if value in ("total", "amount") else 1
        return sign * (total + turned * self._sum(credit_notes, domain, field))

    def _sum(self, moves, domain, field):
        domain = [("move_id", "in", moves.ids), *domain]
        return self.env["account.move.line"]._read_group(domain, [], [f"{field}:sum"])[0][0] or 0.0

    def _get_counterpart(self, records):
        """Domain of the journal items that the others stand against, and the journal entries."""
        if records._name == "account.payment":
            accounts = records.outstanding_account_id | records.journal_id.default_account_id
            return [("account_id", "in", accounts.ids)], records.move_id
        return [("display_type", "=", "payment_term")], records
