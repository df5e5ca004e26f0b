from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.sercom_requests.tools.field_access import BILLING

from ..tools.layout import Format, Section

DATE_FORMATS = [
    ("%Y-%m-%d", "2026-11-30"),
    ("%d/%m/%Y", "30/11/2026"),
    ("%m/%d/%Y", "11/30/2026"),
    ("%m-%d-%Y", "11-30-2026"),
]
DELIMITERS = [(",", "Comma"), (";", "Semicolon"), ("tab", "Tab")]
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8, for Excel"),
    ("cp1252", "Windows-1252"),
]


class SercomAccountingLayoutSection(models.Model):
    """One kind of records in a file. Sections whose file is called alike are in one file."""

    _name = "sercom.accounting.layout.section"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Section of a layout"
    _order = "sequence, id"
    _company_path = "layout_id.company_id"
    _rec_name = "file_name"

    layout_id = fields.Many2one(
        "sercom.accounting.layout", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    file_name = fields.Char("File", required=True, translate=True)
    content = fields.Selection(
        [
            ("client", "Clients"),
            ("item", "Items"),
            ("invoice", "Invoices"),
            ("credit_note", "Credit Notes"),
            ("payment", "Payments"),
            ("journal", "Journal of All Documents"),
        ],
        required=True,
    )
    rows = fields.Selection(
        [
            ("document", "One for Each Record"),
            ("items", "One for Each Invoice Line"),
            ("splits", "Journal Items but the Counterpart"),
            ("entries", "All Journal Items"),
        ],
        required=True,
        default="document",
    )
    format = fields.Selection(
        [("csv", "CSV"), ("iif", "QuickBooks IIF"), ("imp", "Sage 50 IMP")],
        required=True,
        default="csv",
    )
    delimiter = fields.Selection(DELIMITERS, required=True, default=",")
    encoding = fields.Selection(ENCODINGS, required=True, default="utf-8")
    date_format = fields.Selection(DATE_FORMATS, required=True, default="%Y-%m-%d")
    tag = fields.Char("Row Tag", help="Begins the row of a record (IIF), or encloses it (IMP).")
    line_tag = fields.Char(help="Begins the row of a line (IIF).")
    end_tag = fields.Char(help="Closes a record (IIF).")
    documents_per_file = fields.Integer(help="More of them make more files. Zero: one file.")
    is_by_currency = fields.Boolean("A File for Each Currency")
    column_ids = fields.One2many("sercom.accounting.layout.column", "section_id", copy=True)

    @api.model
    def _get_writable_fields(self):
        return {
            BILLING: {
                *("layout_id", "sequence", "file_name", "content", "rows", "format", "delimiter"),
                *("encoding", "date_format", "tag", "line_tag", "end_tag", "documents_per_file"),
                *("is_by_currency", "column_ids"),
            }
        }

    def _get_format(self):
        self.ensure_one()
        delimiter = "\t" if self.delimiter == "tab" else self.delimiter
        return Format(self.format, delimiter, self.encoding, self.date_format, self.format == "csv")

    def _get_section(self):
        """This section as plain data, for the tools that write and read files."""
        self.ensure_one()
        columns = tuple(column._get_column() for column in self.column_ids)
        tags = (self.tag or "", self.line_tag or "", self.end_tag or "")
        return Section(self.content, self.rows, columns, *tags)

    def _split_files(self, documents):
        """Which documents go into which file.

        :param dict documents: ``{content: [documents]}``
        :return: list of ``(file name, [(section, documents)])``
        """
        files = []
        by_name = defaultdict(list)
        for section in self:
            by_name[section.file_name].append(section)
        for name, sections in by_name.items():
            filled = [(section, section._pick(documents)) for section in sections]
            filled = [(section, found) for section, found in filled if found]
            if len(filled) == 1 and (
                filled[0][0].is_by_currency or filled[0][0].documents_per_file
            ):
                files += filled[0][0]._split(name, filled[0][1])
            elif filled:
                files.append((f"{name}.{filled[0][0].format}", filled))
        return files

    def _pick(self, documents):
        contents = (
            ("invoice", "credit_note", "payment") if self.content == "journal" else [self.content]
        )
        return [document for content in contents for document in documents.get(content, ())]

    def _split(self, name, documents):
        groups = {"": documents}
        if self.is_by_currency:
            groups = defaultdict(list)
            for document in documents:
                groups[document["currency"]].append(document)
        for currency, group in groups.items():
            parts = list(split_every(self.documents_per_file or len(group), group))
            for number, part in enumerate(parts, 1):
                end = "".join(
                    f"-{word}" for word in (currency, number if len(parts) > 1 else "") if word
                )
                yield f"{name}{end}.{self.format}", [(self, list(part))]
