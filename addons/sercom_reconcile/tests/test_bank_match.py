import base64

from odoo.tests import Form, tagged

from .common import BankCommon

CSV = """Date,Description,Reference,Debit,Credit
2026-11-19,{reference},,,{due:.2f}
2026-11-20,DEPOT MOBILE 8841,,,120.00
2026-11-20,FRAIS MENSUELS,,14.95,
"""


@tagged("post_install", "-at_install")
class TestBankMatch(BankCommon):
    """The accountant matches the bank with the invoices, as the screen does it."""

    def _match(self, line, invoice):
        """Choose the invoice's own line below the line of the bank, and press Reconcile."""
        receivable = invoice.line_ids.filtered(
            lambda item: item.account_id.account_type == "asset_receivable"
        )
        screen = Form(
            line.with_user(self.users["accountant"]),
            "account_reconcile_oca.bank_statement_line_form_reconcile_view",
        )
        screen.add_account_move_line_id = receivable
        screen.save()
        line.with_user(self.users["accountant"]).reconcile_bank_line()
        self.env.invalidate_all()

    def _assert_ledger(self):
        self.assertEqual(self.env["sercom.billing.entry"]._verify(self.job.sale_id), [])

    def test_all_of_it(self):
        line = self._create_statement(("INTERAC", self.due, self.client_partner))
        self._match(line, self.invoice)
        self.assertTrue(line.is_reconciled)
        self.assertEqual((self.invoice.payment_state, self.invoice.amount_residual), ("paid", 0.0))
        self.assertEqual(self.job.service_file_id.state, "paid")
        self._assert_ledger()

    def test_a_part_of_it_and_the_rest_later(self):
        first, rest = self._create_statement(
            ("CHEQUE 1", 100.0, self.client_partner),
            ("CHEQUE 2", self.due - 100.0, self.client_partner),
        )
        self._match(first, self.invoice)
        self.assertTrue(first.is_reconciled)
        self.assertEqual(self.invoice.payment_state, "partial")
        self.assertAlmostEqual(self.invoice.amount_residual, self.due - 100.0, 2)
        self._match(rest, self.invoice)
        self.assertEqual(self.invoice.payment_state, "paid")

    def test_a_match_is_taken_back(self):
        line = self._create_statement(("INTERAC", self.due, self.client_partner))
        self._match(line, self.invoice)
        line.with_user(self.users["accountant"]).unreconcile_bank_line()
        self.env.invalidate_all()
        self.assertFalse(line.is_reconciled)
        self.assertEqual(self.invoice.payment_state, "not_paid")
        self._assert_ledger()

    def test_a_file_of_the_bank(self):
        accountant = self.users["accountant"]
        wizard = (
            self.env["account.statement.import"]
            .with_user(accountant)
            .with_context(journal_id=self.bank.id, _test_account_reconcile_oca=True)
            .create(
                {
                    "statement_file": base64.b64encode(
                        CSV.format(reference=self.invoice.payment_reference, due=self.due).encode()
                    ),
                    "statement_filename": "november.csv",
                    "sheet_mapping_id": self.env.ref(
                        "sercom_reconcile.account_statement_import_sheet_mapping_csv"
                    ).id,
                }
            )
        )
        wizard.import_file_button()
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.bank.id)], order="amount desc"
        )
        self.assertEqual(lines.mapped("amount"), [self.due, 120.0, -14.95])
        self.assertEqual(lines.mapped("is_reconciled"), [True, False, False])
        self.assertEqual(self.invoice.payment_state, "paid", "Its own number: matched at once.")
