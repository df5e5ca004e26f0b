from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import tagged

from ..tools.write import UnbalancedError, write_file
from .common import ZOE, HandOverCommon
from .reader import read_csv, read_iif, read_imp

CENT = Decimal("0.01")
QBO_HEADER = (
    "*Invoice number,*Customer,*Invoice date,*Due date,Item tax code,Terms,Service Date,"
    "Item (Product/Service),Item Description,Item Quantity,Item Rate,*Item Amount,Memo"
)


@tagged("post_install", "-at_install")
class TestFiles(HandOverCommon):
    """Each file is read back by a reader of its own, and ties to the ledger to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_month()
        cls.env["sercom.accounting.code"].create(
            {"code": "GST/QST QC - 9.975", "tax_ids": [(6, 0, cls.tax.ids)]}
        )

    def _assert_certified(self, batch):
        self.assertTrue(batch.is_certified, batch.file_ids.mapped("difference"))

    def _sum(self, rows, name):
        return sum((Decimal(row[name]) for row in rows), Decimal(0))

    def _get_income(self, move):
        return -self._get_sum(move, "amount_currency", accounts=move.invoice_line_ids.account_id)

    def test_quickbooks_online(self):
        batch = self._prepare("qbo")
        self._assert_certified(batch)
        files = self._get_files(batch)
        home = self.company.currency_id.name
        self.assertEqual(files[f"invoices-{home}.csv"].decode().split("\r\n")[0], QBO_HEADER)
        found = defaultdict(list)
        for name, content in files.items():
            if name.startswith(("invoices", "credit_notes")):
                header, rows = read_csv(content)
                for row in rows:
                    found[row[header[0]]].append(row)
        self.assertEqual(set(found), set(self.moves.mapped("name")))
        for move in self.moves:
            rows = found[move.name]
            sign = -1 if move == self.credit else 1
            self.assertEqual(self._sum(rows, "*Item Amount"), sign * self._get_income(move))
            # The program multiplies itself, and charges 5 % and 9.975 % on the sum.
            for row in rows:
                product = Decimal(row["Item Quantity"]) * Decimal(row["Item Rate"])
                self.assertEqual(
                    product.quantize(CENT, ROUND_HALF_UP), Decimal(row["*Item Amount"])
                )
                self.assertEqual(row["Item tax code"], "GST/QST QC - 9.975")
        _header, rows = read_csv(files[f"invoices-{home}.csv"])
        self.assertEqual([row["*Customer"] for row in rows], [ZOE] * 3 + ["'" + self.formula.name])
        self.assertEqual(rows[0]["*Invoice date"], "12/11/2026")
        _header, payments = read_csv(files[f"payments-{home}.csv"])
        self.assertEqual(
            [(row["Payment number"], row["Amount"], row["Invoices paid"]) for row in payments],
            [(self.payment.name, "100.00", self.first.name)],
        )
        _header, clients = read_csv(files["clients.csv"])
        zoe = next(row for row in clients if row["Name"] == ZOE)
        self.assertEqual(zoe["Street Address"], "12, rue de l'Église")
        self.assertEqual((zoe["Phone"], zoe["City"]), ("+1 514 555 0177", "Montréal"))
        self.assertEqual(len(clients), 3)
        _header, items = read_csv(files["products.csv"])
        self.assertEqual(
            {row["Product/Service Name"] for row in items}, set(self.products.mapped("name"))
        )

    def test_quickbooks_online_takes_a_hundred_invoices_a_file(self):
        layout = self._get_layout("qbo").copy()
        layout.section_ids.documents_per_file = 1
        batch = self._prepare(layout_id=layout.id)
        self._assert_certified(batch)
        home = self.company.currency_id.name
        names = [name for name in self._get_files(batch) if name.startswith(f"invoices-{home}")]
        self.assertEqual(names, [f"invoices-{home}-1.csv", f"invoices-{home}-2.csv"])

    def test_quickbooks_desktop(self):
        batch = self._prepare("iif")
        self._assert_certified(batch)
        lists, transactions = read_iif(self._get_files(batch)["quickbooks.iif"])
        self.assertEqual(len(transactions), len(self.moves | self.payments.move_id))
        for head, splits in transactions:
            self.assertEqual(Decimal(head["AMOUNT"]) + self._sum(splits, "AMOUNT"), 0, head)
        kinds = defaultdict(Decimal)
        for head, _splits in transactions:
            kinds[head["TRNSTYPE"]] += Decimal(head["AMOUNT"])
        invoices = self.first | self.second | self.third
        receivable = invoices.line_ids.account_id.filtered(
            lambda account: account.account_type == "asset_receivable"
        )
        bank = self.payments.outstanding_account_id
        self.assertEqual(
            dict(kinds),
            {
                "INVOICE": self._get_sum(invoices, "balance", accounts=receivable),
                "CREDIT MEMO": self._get_sum(self.credit, "balance", accounts=receivable),
                "PAYMENT": self._get_sum(self.payments.move_id, "balance", accounts=bank),
            },
        )
        head, splits = next(
            (h, s)
            for h, s in transactions
            if h["DOCNUM"][-4:] == self.first.name[-4:] and h["TRNSTYPE"] == "INVOICE"
        )
        self.assertEqual((head["NAME"], head["DATE"]), (ZOE, "11/12/2026"))
        taxes = {row["INVITEM"]: Decimal(row["AMOUNT"]) for row in splits[-2:]}
        for tax in (self.tps, self.tvq):
            account = tax.invoice_repartition_line_ids.account_id
            expected = self._get_sum(self.first, "balance", accounts=account)
            self.assertEqual(taxes[tax.name], expected)
            self.assertLess(expected, 0)
        self.assertIn(ZOE, [row["NAME"] for row in lists["CUST"]])
        self.assertEqual(len(lists["INVITEM"]), 3)

    def test_sage(self):
        batch = self._prepare("sage")
        self._assert_certified(batch)
        blocks = read_imp(self._get_files(batch)["sage.imp"])
        sales = {rows[1][2]: rows for tag, rows in blocks if tag == "SalInvoice"}
        self.assertEqual(set(sales), set(self.moves.mapped("name")))
        for move in self.moves:
            client, options, *lines = sales[move.name]
            self.assertEqual(len(client), 13)
            self.assertEqual(int(options[0]), len(lines))
            receivable = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
            total = self._get_sum(move, "balance", accounts=receivable.account_id)
            self.assertEqual(Decimal(options[6]), total)
            net = sum(Decimal(line[3]) for line in lines)
            taxes = defaultdict(Decimal)
            for line in lines:
                self.assertEqual(
                    (Decimal(line[1]) * Decimal(line[2])).quantize(CENT, ROUND_HALF_UP),
                    Decimal(line[3]),
                )
                for start in range(4, len(line), 5):
                    taxes[line[start]] += Decimal(line[start + 4])
            for tax in (self.tps, self.tvq):
                account = tax.invoice_repartition_line_ids.account_id
                expected = -self._get_sum(move, "balance", accounts=account)
                self.assertEqual(taxes[tax.name], expected, move.name)
            self.assertEqual(net + sum(taxes.values()), total)
        self.assertEqual(sales[self.first.name][0][0], ZOE.replace('"', "''"))
        self.assertEqual(sales[self.first.name][1][3], "11-12-2026")
        customers = [rows for tag, rows in blocks if tag == "customers"]
        self.assertEqual(len(customers), 3)

    def test_journal(self):
        batch = self._prepare("journal")
        self._assert_certified(batch)
        content = self._get_files(batch)["journal.csv"]
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        _header, rows = read_csv(content, "utf-8-sig")
        moves = self.moves | self.payments.move_id
        for column, field in (("Debit", "debit"), ("Credit", "credit")):
            self.assertEqual(self._sum(rows, column), self._get_sum(moves, field))
        by_account = defaultdict(Decimal)
        for row in rows:
            by_account[row["Account number"]] += Decimal(row["Debit"]) - Decimal(row["Credit"])
        self.assertEqual(
            dict(by_account),
            {
                account.code: self._get_sum(moves, "balance", accounts=account)
                for account in moves.line_ids.account_id
            },
        )
        self.assertIn("'" + self.formula.name, {row["Client"] for row in rows})
        self.assertEqual({row["Currency"] for row in rows}, {self.company.currency_id.name, "ZZD"})

    def test_columns_between_tabs(self):
        layout = self._get_layout("journal").copy()
        layout.section_ids.delimiter = "tab"
        batch = self._prepare(layout_id=layout.id)
        self._assert_certified(batch)
        first = self._get_files(batch)["journal.csv"].decode("utf-8-sig").splitlines()[0]
        self.assertIn("Account number", first.split("\t"))

    def test_codes_of_accounts(self):
        account = self.first.invoice_line_ids.account_id[:1]
        self.env["sercom.accounting.code"].create({"code": "4000", "account_id": account.id})
        _header, rows = read_csv(
            self._get_files(self._prepare("journal"))["journal.csv"], "utf-8-sig"
        )
        self.assertIn("4000", {row["Account number"] for row in rows})
        self.assertNotIn(account.code, {row["Account number"] for row in rows})

    def test_two_clients_of_one_name_stay_two(self):
        twin = self.zoe.copy({"name": ZOE})
        self._invoice([(self.product_travel, 1, 65.0, 0)], twin)
        files = self._get_files(self._prepare("qbo"))
        _header, clients = read_csv(files["clients.csv"])
        names = {row["Name"] for row in clients}
        self.assertTrue({ZOE, f"{ZOE} ({twin.id})"} <= names)

    def test_a_file_that_does_not_agree_is_not_sent(self):
        batch = self._prepare("journal")
        batch.sudo().file_ids[:1].ledger_total += 0.01
        self.assertFalse(batch.is_certified)
        with self.assertRaisesRegex(Exception, "journal.csv"):
            batch.action_send()

    def test_no_document_out_of_balance_is_written(self):
        layout = self._get_layout("journal").section_ids[0]
        document = {"number": "X", "lines": [{"balance": CENT, "kind": "item"}]}
        with self.assertRaisesRegex(UnbalancedError, "X"):
            write_file(layout._get_format(), [(layout._get_section(), [document])])
