"""Rows of a sheet, whatever its format: CSV, XLSX, XLS."""

import csv
import io

import openpyxl
import xlrd
import xlsxwriter

MAX_ROWS = 20_000


class UnreadableError(ValueError):
    """A file that is no sheet."""


def read_sheet(content, filename):
    """Rows of a file's first sheet, each a list of texts; empty rows keep their place.

    :param bytes content: of the file
    :param str filename: its end says the format
    :raises UnreadableError: where it is not what its name says
    """
    end = (filename or "").lower().rsplit(".", 1)[-1]
    reader = {"xlsx": _read_xlsx, "xls": _read_xls}.get(end, _read_csv)
    try:
        rows = reader(content)
    except Exception as error:  # noqa: BLE001 - a broken file breaks these libraries in many ways
        raise UnreadableError(filename) from error
    return rows[: MAX_ROWS + 1]


def _read_csv(content):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if "\0" in text:
        raise UnreadableError
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _read_xlsx(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [
        [_to_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)
    ]


def _read_xls(content):
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    return [[_to_text(cell.value) for cell in sheet.row(number)] for number in range(sheet.nrows)]


def _to_text(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a phone number that the program took for a number
    return str(value)


def write_template(headings):
    """An XLSX file of one row, in bold."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for position, heading in enumerate(headings):
        sheet.write(0, position, heading, bold)
        sheet.set_column(position, position, max(12, len(heading) + 2))
    book.close()
    return out.getvalue()
