from odoo import api, fields, models

from ...tools.sheet.access import PAYERS

TEXT, HOURS, MONEY = "text", "hours", "money"
# What a column can hold: key, label, kind of value
SOURCES = [
    ("employee", "Person", TEXT),
    ("pay_number", "Payroll Number", TEXT),
    ("date_start", "First Day", TEXT),
    ("date_end", "Last Day", TEXT),
    ("rate", "Pay of an Hour", MONEY),
    ("regular_hours", "Regular Hours", HOURS),
    ("overtime_hours", "Overtime Hours", HOURS),
    ("travel_hours", "Travel Hours", HOURS),
    ("other_hours", "Other Hours", HOURS),
    ("total_hours", "Total Hours", HOURS),
    ("correction_hours", "Corrected Hours", HOURS),
    ("hours_amount", "Pay of the Hours", MONEY),
    ("premium_amount", "Overtime Premium", MONEY),
    ("allowance_amount", "Allowances", MONEY),
    ("expense_amount", "Expenses", MONEY),
    ("correction_amount", "Corrections", MONEY),
    ("amount_total", "Due", MONEY),
    ("allowance", "One Kind of Allowance", MONEY),
    ("constant", "Fixed Text", TEXT),
]
KINDS = {key: kind for key, _label, kind in SOURCES}


class SercomPayLayout(models.Model):
    """The columns that a payroll office wants, chosen once.

    A file has a row for each person; with a column of the pay of an hour, for each of their rates,
    so that hours times their rate are the pay of the hours.
    """

    _name = "sercom.pay.layout"
    _description = "Layout for the Payroll Office"
    _inherit = ["sercom.field.access.mixin"]

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    file_format = fields.Selection(
        [("csv", "CSV"), ("xlsx", "XLSX (Excel)")], default="xlsx", required=True
    )
    delimiter = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("tab", "Tab")],
        default=",",
        required=True,
        help="Between the columns of a CSV file.",
    )
    decimal_mark = fields.Selection(
        [(".", "7.5"), (",", "7,5")],
        "Decimals",
        default=".",
        required=True,
        help="How numbers of a CSV file are written.",
    )
    column_ids = fields.One2many("sercom.pay.layout.column", "layout_id", copy=True)

    @api.model
    def _get_writable_fields(self):
        own = {
            "name",
            "active",
            "company_id",
            "file_format",
            "delimiter",
            "decimal_mark",
            "column_ids",
        }
        return {**super()._get_writable_fields(), **dict.fromkeys(PAYERS, own)}


class SercomPayLayoutColumn(models.Model):
    _name = "sercom.pay.layout.column"
    _description = "Column for the Payroll Office"
    _inherit = ["sercom.field.access.mixin"]
    _order = "sequence, id"

    layout_id = fields.Many2one("sercom.pay.layout", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="layout_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char("Title", required=True, translate=True)
    source = fields.Selection(
        [(key, label) for key, label, _kind in SOURCES], "Holds", required=True
    )
    allowance_type_id = fields.Many2one("sercom.pay.allowance.type", index="btree_not_null")
    text = fields.Char(help="What a column of fixed text holds in each row.")

    _allowance_given = models.Constraint(
        "CHECK (source != 'allowance' OR allowance_type_id IS NOT NULL)",
        "Say which kind of allowance the column holds.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"layout_id", "sequence", "name", "source", "allowance_type_id", "text"}
        return {**super()._get_writable_fields(), **dict.fromkeys(PAYERS, own)}

    def _get_rows(self, sheet):
        """Rows of a sheet in a file with these columns: pairs of the rate and the values."""
        by_rate = {0.0: sheet.line_ids}
        if "rate" in self.mapped("source"):
            by_rate = sheet._group_by_rate()
        rows = []
        for rate, lines in by_rate.items():
            totals = lines._get_totals(sheet.currency_id)
            rows.append((rate, [one._get_value(sheet, rate, lines, totals) for one in self]))
        return rows

    def _get_value(self, sheet, rate, lines, totals):
        """What the column holds in a row: text or a number.

        :param sheet: ``sercom.pay.sheet`` of the row
        :param float rate: what an hour of the row is paid
        :param lines: ``sercom.pay.line`` of the row
        :param dict totals: their totals, by the names of the sheet's fields
        """
        self.ensure_one()
        if self.source == "rate":
            return rate
        if self.source == "constant":
            return self.text or ""
        if self.source == "employee":
            return sheet.employee_id.name
        if self.source == "pay_number":
            return sheet.employee_id.pay_number or ""
        if self.source == "allowance":
            lines = lines.filtered(lambda line: line.allowance_id.type_id == self.allowance_type_id)
            return sum(lines.mapped("amount"))
        if KINDS[self.source] == TEXT:
            return fields.Date.to_string(sheet[self.source])
        return totals[self.source]
