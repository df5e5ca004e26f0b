from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models

from ..tools.money import distribute, to_cents, unit_rate
from ..tools.text import unique_name


class Codes(NamedTuple):
    """Names in the bookkeeper's program: of accounts, of sets of taxes (ids), and by rates."""

    accounts: dict
    taxes: dict
    rates: dict


class SercomAccountingDocument(models.AbstractModel):
    """Invoices, credit notes, payments, clients and items as plain data: what layouts choose from.

    Amounts are those of the journal items. On a credit note, those in the document's own currency
    are positive, as they are printed; those in the company's are negative.
    """

    _name = "sercom.accounting.document"
    _description = "Documents to hand over"

    @api.model
    def _get_documents(self, records, layout):
        """Plain data of records.

        :param dict records: ``{content: recordset}``
        :param layout: ``sercom.accounting.layout`` of the program that takes them
        :return: ``{content: [documents]}``
        """
        none = self.env["account.move"]
        moves = records.get("invoice", none) | records.get("credit_note", none)
        payments = records.get("payment", self.env["account.payment"])
        clients = records.get("client", self.env["res.partner"])
        items = records.get("item", self.env["product.product"])
        partners = clients | (moves | payments.move_id).commercial_partner_id
        partners |= payments.partner_id.commercial_partner_id
        products = items | moves.invoice_line_ids.product_id
        company = (moves | payments.move_id)[:1].company_id or self.env.company
        names = self._get_unique_names(partners) | self._get_unique_names(products)
        codes = Codes(
            *self.env["sercom.accounting.code"]._get_codes(company),
            self.env["sercom.accounting.tax.code"]._get_names(layout),
        )
        return {
            "client": [
                {**self._get_client(partner, names), **self._get_key(partner)}
                for partner in clients
            ],
            "item": [self._get_item(product, names, codes) for product in items],
            "invoice": [
                self._get_invoice(move, names, codes) for move in records.get("invoice", ())
            ],
            "credit_note": [
                self._get_invoice(move, names, codes) for move in records.get("credit_note", ())
            ],
            "payment": [self._get_payment(payment, names, codes) for payment in payments],
        }

    def _get_unique_names(self, records):
        """Name of each record in a program that knows records by their names."""
        Model = records.with_context(active_test=False)
        domain = [("name", "in", list(set(records.mapped("name"))))]
        first = dict(Model._read_group(domain, ["name"], ["id:min"])) if records else {}
        if records._name == "product.product":  # the name is the template's
            first = {}
            for product in Model.search(domain, order="id desc"):
                first[product.name] = product.id
        return {
            record: unique_name(record.name or "", record.id, first.get(record.name, record.id))
            for record in records
        }

    def _get_key(self, record):
        return {"res_model": record._name, "res_id": record.id}

    def _get_client(self, partner, names):
        return {
            "client": names[partner],
            "client_id": partner.id,
            "company": partner.name if partner.is_company else "",
            "contact": "" if partner.is_company else partner.name,
            "street": partner.street,
            "street2": partner.street2,
            "city": partner.city,
            "province": partner.state_id.code,
            "zip": partner.zip,
            "country": partner.country_id.name,
            "phone": partner.phone,
            "email": partner.email,
        }

    def _get_item(self, product, names, codes):
        account = product.product_tmpl_id.get_product_accounts()["income"]
        return {
            **self._get_key(product),
            "item": names[product],
            "item_id": product.id,
            "item_code": product.default_code,
            "item_type": "SERV" if product.type == "service" else "PART",
            "item_kind": "Service" if product.type == "service" else "Non-inventory",
            "description": product.name,
            "rate": to_cents(product.list_price),
            **self._get_account(account, codes),
        }

    def _get_account(self, account, codes):
        # Not its display name, which tells the number to bookkeepers alone.
        told = " ".join(filter(None, (account.code, account.name)))
        return {
            "account": codes.accounts.get(account, account.name),
            "account_code": codes.accounts.get(account, account.code),
            "account_name": account.name,
            "untold_account": "" if account in codes.accounts else told,
        }

    def _get_head(self, move, lines, client, names, codes):
        """What a document says once, of its client too.

        :param lines: the journal items that the others stand against: receivable, or bank
        """
        balance = to_cents(sum(lines.mapped("balance")))
        return {
            **self._get_client(client, names),
            **self._get_account(lines.account_id[:1], codes),
            "journal": move.journal_id.name,
            "currency": move.currency_id.name,
            "home_total": balance,
            "debit": max(balance, Decimal(0)),
            "credit": max(-balance, Decimal(0)),
        }

    def _get_invoice(self, move, names, codes):
        sign = -1 if move.move_type == "out_refund" else 1
        kinds = {line: self._get_kind(line) for line in move.line_ids}
        kinds = {line: kind for line, kind in kinds.items() if kind}
        counterpart = move.line_ids.filtered(lambda line: kinds.get(line) == "counterpart")
        taxes = self._get_line_taxes(move, [line for line in kinds if kinds[line] == "item"])
        return {
            **self._get_head(move, counterpart, move.commercial_partner_id, names, codes),
            **self._get_key(move),
            "number": move.name,
            "date": move.invoice_date,
            "due_date": move.invoice_date_due,
            "service_date": move.delivery_date or move.invoice_date,
            "terms": move.invoice_payment_term_id.name,
            "memo": move.ref or move.invoice_origin or move.name,
            "reference": move.ref,
            "exchange_rate": self._get_rate(move),
            "total": sign * to_cents(sum(counterpart.mapped("amount_currency"))),
            "reckoned_total": self._reckon_total(move, sign),
            "lines": [
                {
                    "kind": kind,
                    **self._get_entry(line, codes),
                    **self._get_sale(line, kind, sign, names, codes),
                    "taxes": taxes.get(line, []),
                }
                for line, kind in kinds.items()
            ],
        }

    def _reckon_total(self, move, sign):
        """The total of a program that charges the taxes itself: each on the sum of its lines.

        None where a tax is no percentage of them.
        """
        bases = defaultdict(Decimal)
        total = Decimal(0)
        for line in move.line_ids:
            if self._get_kind(line) == "item":
                amount = -sign * to_cents(line.amount_currency)
                total += amount
                for tax in line.tax_ids.flatten_taxes_hierarchy():
                    bases[tax] += amount
        for tax, base in bases.items():
            if tax.amount_type != "percent" or tax.include_base_amount:
                return None
            total += to_cents(base * Decimal(str(tax.amount)) / 100)
        return total

    def _get_kind(self, line):
        if line.display_type in ("line_section", "line_subsection", "line_note"):
            return None
        return {"payment_term": "counterpart", "tax": "tax", "cogs": "cost"}.get(
            line.display_type, "item"
        )

    def _get_rate(self, move):
        """Company currency for one unit of the document's."""
        return Decimal(str(round(1 / (move.invoice_currency_rate or 1), 6)))

    def _get_entry(self, line, codes):
        balance = to_cents(line.balance)
        return {
            **self._get_account(line.account_id, codes),
            "description": line.name or line.move_id.name,
            "balance": balance,
            "foreign_balance": to_cents(line.amount_currency),
            "debit": max(balance, Decimal(0)),
            "credit": max(-balance, Decimal(0)),
        }

    def _get_sale(self, line, kind, sign, names, codes):
        """What an invoice line sells; of a tax, its name."""
        if kind != "item":
            return {"item": line.tax_line_id.name, "item_code": line.tax_line_id.name}
        amount = -sign * to_cents(line.amount_currency)
        home = -to_cents(line.balance)
        asked = Decimal(str(line.quantity or 0))
        quantity, rate = unit_rate(asked, amount)
        home_quantity, home_rate = unit_rate(sign * asked, home)
        product = line.product_id
        return {
            "item": names.get(product),
            "item_id": product.id,
            "item_code": product.default_code,
            "quantity": quantity,
            "rate": rate,
            "amount": amount,
            "home_quantity": home_quantity,
            "split_quantity": -home_quantity + 0,
            "home_rate": home_rate,
            "home_amount": home,
            **self._get_tax_code(line.tax_ids, codes),
        }

    def _get_tax_code(self, taxes, codes):
        rates = self.env["sercom.accounting.tax.code"]._get_rates(taxes)
        code = codes.taxes.get(frozenset(taxes.ids)) or codes.rates.get(rates)
        name = "/".join(taxes.mapped("name"))
        return {
            "tax_code": code or name,
            "untold_tax": "" if code else name or self.env._("no tax"),
        }

    def _get_line_taxes(self, move, items):
        """Each line's share of each tax of the invoice: ``{line: [(name, …, amount)]}``.

        The shares of a tax add up to its journal items, so that a file that tells taxes by line
        has the ledger's total.
        """
        shares = {line: [] for line in items}
        flat = {line: line.tax_ids.flatten_taxes_hierarchy() for line in items}
        for tax in move.line_ids.tax_line_id.sorted(lambda tax: (tax.sequence, tax.id)):
            charged = move.line_ids.filtered(lambda line, tax=tax: line.tax_line_id == tax)
            bases = [line for line in items if tax in flat[line]]
            total = -to_cents(sum(charged.mapped("balance")))
            amounts = distribute(total, [line.balance for line in bases])
            rate = Decimal(str(round(tax.amount, 4)))
            for line, amount in zip(bases, amounts, strict=True):
                shares[line].append((tax.name, 0, 1, rate, amount))
        return shares

    def _get_payment(self, payment, names, codes):
        move = payment.move_id
        liquidity = payment._seek_for_lines()[0]
        client = payment.partner_id.commercial_partner_id
        paid = payment.reconciled_invoice_ids.filtered("name").sorted("id")
        return {
            **self._get_head(move, liquidity, client, names, codes),
            **self._get_key(payment),
            "number": payment.name,
            "date": payment.date,
            "memo": payment.memo or payment.name,
            "reference": payment.payment_reference,
            "currency": payment.currency_id.name,
            "total": to_cents(sum(liquidity.mapped("amount_currency"))),
            "paid_numbers": " ".join(paid.mapped("name")),
            "payment_type": "CHECK" if payment.payment_type == "outbound" else "PAYMENT",
            "lines": [
                {
                    "kind": "counterpart" if line in liquidity else "entry",
                    **self._get_entry(line, codes),
                }
                for line in move.line_ids
            ],
        }
