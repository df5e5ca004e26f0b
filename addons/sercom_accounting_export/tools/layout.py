"""A layout as plain data, and how one cell of it is written."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .text import guard_formula, one_line, shorten, shorten_number

# Values that tell records apart, and the value that tells those apart which begin alike.
NAMES = {"client": "client_id", "item": "item_id"}
NUMBERS = {"number"}
# Values that a program knows by its own names, and what names them where it was not told.
UNTOLD = {"account": "untold_account", "account_code": "untold_account", "tax_code": "untold_tax"}


class Column(NamedTuple):
    """What one column holds: ``value`` of the record, or else ``text`` as it is."""

    name: str
    value: str = ""
    text: str = ""
    part: str = "line"
    width: int = 0
    is_total: bool = False


class Section(NamedTuple):
    """One kind of records in a file.

    ``content``: invoice, credit_note, payment, client, item; or journal: the first three.
    ``rows``: document (one row each), items, splits (all but the counterpart) or entries (all).
    """

    content: str
    rows: str
    columns: tuple
    tag: str = ""
    line_tag: str = ""
    end_tag: str = ""

    def find_named(self, documents):
        """Values of these documents that the program knows by its own names.

        :return: pairs of the key that says what it was not told of, and the row it is of
        """
        for column in self.columns:
            key = UNTOLD.get(column.value)
            if key:
                for document in documents:
                    is_line = column.part == "line" and self.rows != "document"
                    for row in get_lines(self, document) if is_line else [document]:
                        yield key, row

    def is_taxed_there(self):
        """Whether the program is told a tax code and charges the taxes itself."""
        values = {column.value for column in self.columns}
        return self.rows == "items" and "tax_code" in values and "taxes" not in values


class Format(NamedTuple):
    """How a file is written."""

    kind: str = "csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    date_format: str = "%Y-%m-%d"
    is_guarded: bool = True


def get_lines(section, document):
    """Lines of a document that have a row in this section."""
    lines = document.get("lines", ())
    if section.rows == "document":
        return []
    if section.rows == "items":
        return [line for line in lines if line["kind"] == "item"]
    if section.rows == "splits":
        return [line for line in lines if line["kind"] != "counterpart"]
    return list(lines)


def get_cells(columns, row, fmt):
    """Cells of one row; a value that is a list takes as many as it has."""
    cells = []
    for column in columns:
        value = row.get(column.value) if column.value else column.text
        if isinstance(value, list):
            cells += [_get_cell(column, part, row, fmt) for parts in value for part in parts]
        else:
            cells.append(_get_cell(column, value, row, fmt))
    return cells


def _get_cell(column, value, row, fmt):
    if value is None or value is False:
        return ""
    if isinstance(value, date):
        return value.strftime(fmt.date_format)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    return _get_text(column, one_line(value), row, fmt)


def _get_text(column, text, row, fmt):
    if fmt.kind == "iif" and column.value in NAMES:
        text = text.replace(":", "-")  # a colon begins a sub-customer or a sub-item there
    if column.value in NUMBERS:
        number = row.get("res_id")
        text = shorten_number(text, column.width, f"({number})" if number else "")
    else:
        suffix = row.get(NAMES.get(column.value))
        text = shorten(text, column.width, f"({suffix})" if suffix else "")
    return guard_formula(text) if fmt.is_guarded and column.value else text
