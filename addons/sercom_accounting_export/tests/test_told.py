from decimal import Decimal

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common import HandOverCommon
from .reader import read_csv


@tagged("post_install", "-at_install")
class TestTold(HandOverCommon):
    """Before a batch is sent, what the program may not know of it is told."""

    def _read_items(self, batch):
        return read_csv(self._get_files(batch)["products.csv"])[1]

    def test_accounts_and_taxes_that_nobody_named(self):
        move = self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        account = move.invoice_line_ids.account_id
        batch = self._prepare("iif")
        form = Form(batch)
        self.assertIn(account.display_name, form.untold_names)
        codes = self.env["sercom.accounting.code"]
        for one in move.line_ids.account_id:
            codes.create({"code": f"There {one.id}", "account_id": one.id})
        batch.action_refresh()
        self.assertFalse(batch.untold_names)

    def test_quickbooks_names_the_taxes_of_quebec_by_their_rates(self):
        self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        other = self.env["account.tax"].create(self._prepare_tax("TVH 13 %", 13.0, "232300"))
        odd = self.env["account.tax"].create(self._prepare_tax("Eco fee", 0.5, "232400"))
        for tax in (other, odd):
            move = self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe, post=False)
            move.invoice_line_ids.tax_ids = tax
            move.action_post()
        batch = self._prepare("qbo")
        files = self._get_files(batch)
        name = next(name for name in files if name.startswith("invoices"))
        codes = {row["Item tax code"] for row in read_csv(files[name])[1]}
        self.assertEqual(codes, {"GST/QST QC - 9.975", "HST ON", "Eco fee"})
        self.assertIn("Eco fee", batch.untold_names)
        self.assertNotIn("TPS", batch.untold_names)
        self.env["sercom.accounting.code"].create(
            {"code": "Écofrais", "tax_ids": [Command.set(odd.ids)]}
        )
        batch.action_refresh()
        self.assertNotIn("Eco fee", batch.untold_names)

    def test_in_the_language_of_the_firm(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.company.partner_id.lang = "fr_CA"
        code = self.env.ref("sercom_accounting_export.qbo_tax_gst_qst")
        code.with_context(lang="fr_CA").name = "TPS/TVQ QC - 9,975"
        section = self.env.ref("sercom_accounting_export.qbo_client")
        section.with_context(lang="fr_CA").file_name = "clients-fr"
        self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        files = self._get_files(self._prepare("qbo"))
        self.assertIn("clients-fr.csv", files)
        text = b"".join(files.values()).decode()
        self.assertIn("TPS/TVQ QC - 9,975", text)

    def test_types_of_items(self):
        self.product_part.type = "consu"
        self._invoice([(self.product_part, 1, 40.0, 0), (self.product_hour, 1, 110.0, 0)])
        kinds = {
            row["Product/Service Name"]: row["Type"]
            for row in self._read_items(self._prepare("qbo"))
        }
        self.assertEqual(
            kinds,
            {self.product_part.name: "Non-inventory", self.product_hour.name: "Service"},
        )

    def test_a_cent_that_the_program_reckons_otherwise_is_named(self):
        move = self._invoice([(self.product_part, 1, 505.0, 0)], self.zoe, post=False)
        line = move.line_ids.filtered(lambda one: one.tax_line_id == self.tvq)
        receivable = move.line_ids.filtered(lambda one: one.display_type == "payment_term")
        self.assertEqual(line.credit, 50.37)
        move.write(
            {
                "line_ids": [
                    Command.update(line.id, {"amount_currency": -50.38, "balance": -50.38}),
                    Command.update(receivable.id, {"amount_currency": 580.63, "balance": 580.63}),
                ]
            }
        )
        move.action_post()
        self.assertEqual(move.amount_total, 580.63)
        right = self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        batch = self._prepare("qbo")
        self.assertIn(move.name, batch.cent_differences)
        self.assertIn(str(Decimal("580.62")), batch.cent_differences)
        self.assertNotIn(right.name, batch.cent_differences)
        self.assertFalse(self._prepare_again(batch, "iif").cent_differences)

    def test_what_is_dated_before_the_start_is_named(self):
        old = self._invoice(
            [(self.product_part, 1, 40.0, 0)],
            self.zoe,
            invoice_date="2026-10-15",
            date="2026-10-15",
        )
        self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        self._set_made(old, "2026-11-29 15:00:00")
        batch = self._prepare("qbo")
        self.assertIn(old.name, batch.left_out_names)
        self.assertNotIn(old, batch.line_ids.move_id)
        self._set_made(old, "2026-10-15 15:00:00")
        batch.action_refresh()
        self.assertFalse(batch.left_out_names)

    def _set_made(self, move, moment):
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE account_move SET create_date = %s WHERE id = %s", moment, move.id)
        )
        self.env.invalidate_all()

    def _prepare_again(self, batch, layout):
        batch.unlink()
        return self._prepare(layout)

    def test_a_list_has_no_total(self):
        self._invoice([(self.product_part, 1, 40.0, 0)], self.zoe)
        files = self._prepare("qbo").file_ids
        self.assertEqual(
            {file.name.partition("-")[0].partition(".")[0]: file.has_total for file in files},
            {"clients": False, "products": False, "invoices": True},
        )

    def test_numbers_of_credit_notes_are_their_own(self):
        move = self._invoice([(self.product_part, 2, 40.0, 0)], self.zoe)
        move.name = "FAC/2026/00004"
        credit = self._credit(move, 1)
        credit.name = "RFAC/2026/00004"
        text = self._get_files(self._prepare("iif"))["quickbooks.iif"].decode("cp1252")
        self.assertIn("\tFAC2600004\t", text)
        self.assertIn("\tRFAC2600004\t", text)
