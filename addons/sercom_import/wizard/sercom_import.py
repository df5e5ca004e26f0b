import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import MANAGER

from ..tools.headings import get_template, match_headings
from ..tools.sheets import MAX_ROWS, UnreadableError, read_sheet, write_template
from ..tools.values import read_row


class SercomImport(models.TransientModel):
    """Take a sheet of clients or prices over: looked through first, then all of it or nothing.

    How it works: ``action_check`` reads the sheet and says of each wrong cell what would be right,
    and of each row that is there already what it is. ``action_import`` looks again, refuses where
    a cell is wrong, and makes the new rows. A kind of rows has two methods, ``_check_<kind>`` and
    ``_make_<kind>``.
    """

    _name = "sercom.import"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Import from a spreadsheet"
    _rec_name = "filename"

    kind = fields.Selection(
        [("client", "Clients with Their Sites"), ("price", "Price List")],
        "What",
        required=True,
        default="client",
    )
    file = fields.Binary("Spreadsheet", attachment=False)
    filename = fields.Char()
    template = fields.Binary(compute="_compute_template")
    template_name = fields.Char(compute="_compute_template")
    line_ids = fields.One2many("sercom.import.line", "import_id", readonly=True)
    new_count = fields.Integer("New", readonly=True)
    known_count = fields.Integer("There Already", readonly=True)
    wrong_count = fields.Integer("To Put Right", readonly=True)
    unknown_columns = fields.Char("Columns Not Read", readonly=True)
    state = fields.Selection(
        [("file", "File"), ("checked", "Looked Through"), ("done", "Imported")],
        default="file",
        readonly=True,
    )

    @api.model
    def _get_writable_fields(self):
        return {MANAGER: {"kind", "file", "filename"}}

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_template(self):
        for wizard in self:
            headings = get_template(wizard.kind or "client", self.env.lang or "en_US")
            wizard.template = base64.b64encode(write_template(headings))
            wizard.template_name = f"{wizard.kind or 'client'}.xlsx"

    def action_template(self):
        """Download an empty sheet with the headings of this kind, in the user's language.

        :return: action that downloads it
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template/{self.template_name}"
            "?download=true",
            "target": "download",
        }

    def action_check(self):
        """Look through the sheet and show what would become of each row.

        :return: window action of this dialog
        """
        self.ensure_one()
        self.check_access("write")
        self._look_through()
        return self._reopen()

    def action_import(self):
        """Make what is new: all of it, or nothing where a cell is wrong.

        :return: window action of this dialog
        :raises UserError: naming the first wrong cell
        """
        self.ensure_one()
        self.check_access("write")
        rows = self._look_through()
        wrong = self.line_ids.filtered(lambda line: line.level == "wrong")
        if wrong:
            raise UserError(
                self.env._(
                    "Nothing was imported: %(count)s cells are to be put right. The first: row "
                    "%(row)s, %(column)s. %(message)s",
                    count=len(wrong),
                    row=wrong[0].row,
                    column=wrong[0].column,
                    message=wrong[0].message,
                )
            )
        getattr(self, f"_make_{self.kind}")(rows)
        # sudo: the result is nobody's to write
        self.sudo().state = "done"
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _look_through(self):
        """Read the sheet and note what is wrong and what is there already.

        :return: rows to make: ``[(number, values)]``
        """
        headings, rows = self._read_rows()
        columns, unknown = match_headings(self.kind, headings)
        notes, good = [], []
        if not columns:
            raise UserError(
                self.env._(
                    "%s: no heading of its first row is known. Take the template.", self.filename
                )
            )
        for number, cells in rows:
            texts = {
                field: cells[position]
                for position, field in columns.items()
                if position < len(cells)
            }
            values, wrong = read_row(texts)
            notes += [
                self._note(number, columns, headings, field, texts[field], word)
                for field, word in wrong.items()
            ]
            if not wrong:
                good.append((number, values))
        new, more = getattr(self, f"_check_{self.kind}")(good)
        for row, field, text, word, *rest in more:
            level, words = rest or ("wrong", {})
            notes.append(self._note(row, columns, headings, field, text, word, level, **words))
        self._keep_notes(notes, new, unknown)
        return new

    def _read_rows(self):
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            rows = read_sheet(base64.b64decode(self.file), self.filename)
        except UnreadableError:
            raise UserError(
                self.env._(
                    "%s cannot be read. Save it as CSV, XLSX or XLS and choose it again.",
                    self.filename or self.env._("The file"),
                )
            ) from None
        if len(rows) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "%(file)s has more than %(count)s rows. Split it.",
                    file=self.filename,
                    count=MAX_ROWS,
                )
            )
        headings = rows[0] if rows else []
        filled = [
            (number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row))
        ]
        return headings, filled

    def _note(self, row, columns, headings, field, text, word, level="wrong", **words):
        """Values of a note on a row.

        :param str field: of the cell; its heading is named
        :param str word: key of what would be right (``_get_words``)
        """
        heading = next((headings[at] for at, name in columns.items() if name == field), "")
        return {
            "row": row,
            "column": heading.strip() or get_template(self.kind, self.env.lang or "en_US")[0],
            "value": text,
            "level": level,
            "message": self._get_words(word, **words),
        }

    def _keep_notes(self, notes, new, unknown):
        # sudo: the result is nobody's to write
        wizard = self.sudo()
        wizard.line_ids.unlink()
        notes.sort(key=lambda note: note["row"])
        wizard.env["sercom.import.line"].create(
            [{"import_id": wizard.id, **note} for note in notes]
        )
        wizard.write(
            {
                "state": "checked",
                "new_count": len(new),
                "known_count": len({n["row"] for n in notes if n["level"] == "known"}),
                "wrong_count": len([n for n in notes if n["level"] == "wrong"]),
                "unknown_columns": ", ".join(unknown),
            }
        )

    def _get_words(self, word, **words):
        """What would be right, by its key."""
        return {
            "province": self.env._("A province of Canada: QC, Québec, Ontario …"),
            "phone": self.env._("Ten digits with the area code: 514 555-0101, poste 12"),
            "email": self.env._("One address: name@example.com"),
            "zip": self.env._("A postal code: H2J 2K9"),
            "amount": self.env._("An amount: 1234.50 or 1 234,50 $"),
            "negative": self.env._("An amount that is not below zero"),
            "kind": self.env._("Service or Part"),
            "language": self.env._("French or English"),
            "unit": self.env._("A unit of the firm's: Hour, Day, Unit …"),
            "name": self.env._("A name: without it nobody finds the row again"),
            "twice": self.env._("Once in the sheet: it is in row %s already", words.get("first")),
            "reference_twice": self.env._(
                "A reference of its own: it is in row %s already", words.get("first")
            ),
            "reference_known": self.env._(
                "A reference of its own: %s has it already", words.get("name")
            ),
            "known": self.env._("There already: %s. It stays as it is", words.get("name")),
        }[word]
