import base64
import csv
import io

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestPayExport(PayCommon):
    """Files are read back by other readers than their writer, and tie to the sheets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.pay_number = "0042"
        for day in range(2, 7):
            cls._work(f"2026-11-0{day}", 9.0)
        cls._work("2026-11-03", 7.5, employee=cls.anne)
        cls.period = cls._prepare()
        cls.layout = cls.env["sercom.pay.layout"].create(
            {
                "name": "Nethris",
                "file_format": "csv",
                "delimiter": ";",
                "decimal_mark": ",",
                "column_ids": [
                    Command.create({"name": name, "source": source, "sequence": position})
                    for position, (name, source) in enumerate(
                        (
                            ("Matricule", "pay_number"),
                            ("Nom", "employee"),
                            ("Rég.", "regular_hours"),
                            ("Supp.", "overtime_hours"),
                            ("Dû", "amount_total"),
                        )
                    )
                ],
            }
        )

    def _export(self, layout=None, **vals):
        return (
            self.env["sercom.pay.export"]
            .with_user(self.accountant)
            .create({"period_id": self.period.id, "layout_id": (layout or self.layout).id, **vals})
        )

    def test_a_period_that_can_change_is_not_sent(self):
        with self.assertRaisesRegex(UserError, "not locked yet: .*Luc Gagnon"):
            self._export()

    def test_csv_by_the_layout(self):
        self._pay(self.period)
        text = base64.b64decode(self._export().data).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        self.assertEqual(
            rows,
            [
                ["Matricule", "Nom", "Rég.", "Supp.", "Dû"],
                ["", "Anne Roy", "7,50", "0,00", "150,00"],
                ["0042", "Luc Gagnon", "40,00", "5,00", "1425,00"],
            ],
        )

    def test_what_multiplies_agrees(self):
        # 5 h 35 and 2 h 50, at $30; Anne had a raise in the middle of the period
        self._work("2026-11-10", 5 + 35 / 60)
        self._work("2026-11-12", 2 + 50 / 60, employee=self.anne)
        self._work("2026-11-13", 1.25, employee=self.anne)
        self.anne.create_version({"date_version": "2026-11-13", "pay_rate": 29.0})
        self.period.action_prepare()
        self._pay(self.period)
        standard = self.env.ref("sercom_pay.sercom_pay_layout_standard")
        export = self._export(standard)
        book = load_workbook(io.BytesIO(base64.b64decode(export.data)))
        titles, *rows = book.active.iter_rows(values_only=True)
        rows = [dict(zip(titles, row, strict=True)) for row in rows]
        for row in rows:
            paid = row["Rate"] * (row["Regular"] + row["Overtime"] * 1.5)
            self.assertEqual(round(paid, 2), row["Pay of the Hours"])
            self.assertEqual(row["Due"], row["Pay of the Hours"])
        self.assertEqual(
            [(row["Name"], row["Rate"]) for row in rows],
            [("Anne Roy", 20.0), ("Anne Roy", 29.0), ("Luc Gagnon", 30.0)],
        )
        self.assertAlmostEqual(
            sum(row["Due"] for row in rows), sum(self.period.sheet_ids.mapped("amount_total"))
        )
        self.assertEqual(export.row_count, 2)

    def test_hours_of_csv_are_as_they_are_paid(self):
        self._work("2026-11-12", 2 + 50 / 60, employee=self.anne)
        self.period.action_prepare()
        self._pay(self.period)
        text = base64.b64decode(self._export().data).decode("utf-8-sig")
        self.assertEqual(text.splitlines()[1], ";Anne Roy;10,333333;0,00;206,67")

    def test_allowances_stand_once(self):
        self.env["sercom.pay.allowance"].create(
            {
                "employee_id": self.anne.id,
                "date": "2026-11-07",
                "type_id": self.env.ref("sercom_pay.sercom_pay_allowance_type_on_call").id,
                "quantity": 1,
                "unit_amount": 25.0,
            }
        )
        self._work("2026-11-13", 1.0, employee=self.anne)
        self.anne.create_version({"date_version": "2026-11-13", "pay_rate": 29.0})
        self.period.action_prepare()
        self._pay(self.period)
        standard = self.env.ref("sercom_pay.sercom_pay_layout_standard")
        book = load_workbook(io.BytesIO(base64.b64decode(self._export(standard).data)))
        titles, *rows = book.active.iter_rows(values_only=True)
        due = [row[titles.index("Due")] for row in rows if "Anne Roy" in row]
        self.assertEqual(due, [175.0, 29.0])

    def test_the_name_of_the_file_is_in_the_firms_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self._pay(self.period)
        self.assertTrue(self._export().file_name.startswith("pay-2026-11-02"))

    def test_columns_between_tabs(self):
        self._pay(self.period)
        self.layout.delimiter = "tab"
        text = base64.b64decode(self._export().data).decode("utf-8-sig")
        self.assertEqual(text.splitlines()[1], "\tAnne Roy\t7,50\t0,00\t150,00")

    def test_xlsx_has_numbers_that_tie_to_the_sheets(self):
        self._pay(self.period)
        export = self._export(self.env.ref("sercom_pay.sercom_pay_layout_standard"))
        book = load_workbook(io.BytesIO(base64.b64decode(export.data)))
        titles, *rows = book.active.iter_rows(values_only=True)
        due = titles.index("Due")
        self.assertEqual(
            sum(row[due] for row in rows), sum(self.period.sheet_ids.mapped("amount_total"))
        )
        self.assertEqual(rows[1][0], "0042")
        self.assertEqual(len(rows), 2)

    def test_the_next_file_says_what_changed(self):
        self._pay(self.period)
        first = self._export()
        self.assertFalse(first.changes)
        self.assertEqual(self._export().changes, "Nothing has changed since the earlier file.")
        self.anne.pay_number = "7"
        third = self._export()
        self.assertEqual(third.changes, "Anne Roy, Matricule: – → 7")
        self.assertTrue(first.data)

    def test_a_file_is_kept_as_it_was_sent(self):
        self._pay(self.period)
        export = self._export()
        with self.assertRaises(AccessError):
            export.write({"data": False})
        with self.assertRaises(AccessError):
            export.unlink()

    def test_who_does_not_pay_gets_no_file(self):
        self._pay(self.period)
        export = self._export()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", export._name),
                ("res_id", "=", export.id),
                ("res_field", "=", "data"),
            ]
        )
        self.assertTrue(attachment)
        for road in (export, attachment):
            with self.assertRaises(AccessError):
                road.with_user(self.user_technician).read(["create_date"])
        self.assertIn("Sent to the payroll office", self.period.sheet_ids[0].message_ids[0].body)
