import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.export.changes import find_changes
from ...tools.export.files import to_plain_text, write_csv, write_xlsx
from ...tools.sheet.access import PAYERS

MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SercomPayExport(models.Model):
    """A file that went to the payroll office: one row for each sheet of a period.

    It is kept as it was sent. The next one of the same period and layout says what changed.
    """

    _name = "sercom.pay.export"
    _description = "File for the Payroll Office"
    _inherit = ["sercom.field.access.mixin"]
    _order = "id desc"
    _rec_name = "file_name"
    _check_company_auto = True

    period_id = fields.Many2one("sercom.pay.period", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    layout_id = fields.Many2one(
        "sercom.pay.layout",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["sercom.pay.layout"].search([], limit=1),
    )
    previous_id = fields.Many2one(
        "sercom.pay.export", "Earlier File", readonly=True, index="btree_not_null"
    )
    file_name = fields.Char(readonly=True)
    data = fields.Binary("File", readonly=True, attachment=True)
    row_count = fields.Integer("People", readonly=True)
    rows = fields.Json(readonly=True)
    changes = fields.Text(
        compute="_compute_changes", help="What differs from the earlier file of this period."
    )

    @api.model
    def _get_creatable_fields(self):
        own = {"period_id", "layout_id"}
        return {**super()._get_creatable_fields(), **dict.fromkeys(PAYERS, own)}

    @api.depends("rows", "previous_id.rows")
    @api.depends_context("lang")
    def _compute_changes(self):
        for export in self:
            lines = []
            if export.previous_id:
                found = find_changes(export.previous_id.rows or {}, export.rows or {})
                lines = [self._tell_change(*change) for change in found]
                lines = lines or [self.env._("Nothing has changed since the earlier file.")]
            export.changes = "\n".join(lines)

    @api.model
    def _tell_change(self, worker, column, before, after):
        name = worker.partition("|")[2]
        if column is None:
            if after:
                return self.env._("%s is new in this file.", name)
            return self.env._("%s is no longer in this file.", name)
        return self.env._(
            "%(person)s, %(column)s: %(before)s → %(after)s",
            person=name,
            column=column,
            before=before or "–",
            after=after or "–",
        )

    @api.model_create_multi
    def create(self, vals_list):
        exports = super().create(vals_list)
        for export in exports:
            export.period_id._check_can_export()
            lang = export.company_id.partner_id.lang  # of the firm, whoever makes the file
            # sudo: the file is written by this alone
            export.sudo().with_context(lang=lang)._make_file()
        return exports

    def action_open(self):
        """Show the file, which is made when the record is saved."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.file_name,
        }

    def _make_file(self):
        layout, columns = self.layout_id, self.layout_id.column_ids
        if not columns:
            raise UserError(self.env._("%s has no columns. Choose them first.", layout.name))
        sheets = self.period_id.sheet_ids.sorted(lambda sheet: (sheet.employee_id.name, sheet.id))
        found = [(sheet, *row) for sheet in sheets for row in columns._get_rows(sheet)]
        values = [row for _sheet, _rate, row in found]
        titles = columns.mapped("name")
        if layout.file_format == "csv":
            delimiter = "\t" if layout.delimiter == "tab" else layout.delimiter
            data = write_csv(titles, values, delimiter, layout.decimal_mark)
        else:
            data = write_xlsx(titles, values)
        rows = {}
        for sheet, rate, row in found:
            key = f"{sheet.employee_id.id}|{sheet.employee_id.name}"
            if key in rows:
                key += f" ({to_plain_text(rate)})"
            rows[key] = dict(zip(titles, map(to_plain_text, row), strict=True))
        earlier = self.search(
            [
                ("period_id", "=", self.period_id.id),
                ("layout_id", "=", layout.id),
                ("id", "<", self.id),
            ],
            limit=1,
        )
        self.write(
            {
                "file_name": self.env._(
                    "pay-%(first)s-%(last)s.%(extension)s",
                    first=self.period_id.date_start,
                    last=self.period_id.date_end,
                    extension=layout.file_format,
                ),
                "data": base64.b64encode(data),
                "row_count": len(sheets),
                "rows": rows,
                "previous_id": earlier.id,
            }
        )
        for sheet in sheets:
            sheet._message_log(body=self.env._("Sent to the payroll office: %s", self.file_name))
