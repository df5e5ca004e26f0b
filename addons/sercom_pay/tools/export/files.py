"""Files for the payroll office: rows of text and numbers as CSV or XLSX."""

import csv
import io

import xlsxwriter

# A minute is 0.016667 hours.
DECIMALS = 6
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(titles, rows, delimiter=",", decimal_mark="."):
    """:return: bytes of a CSV file that Excel opens with its accents"""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(_plain, titles))
    writer.writerows([_to_text(value, decimal_mark) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def write_xlsx(titles, rows, sheet_name="Pay"):
    """:return: bytes of a workbook with one sheet, whose numbers are numbers"""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True})
        number = book.add_format({"num_format": "0.00##"})
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, round(value, DECIMALS), number)
        sheet.autofit()
    return stream.getvalue()


def to_plain_text(value):
    """A value as it is compared between two files."""
    return value if isinstance(value, str) else format_number(value)


def format_number(value):
    """A number with two decimals, or as many as it has: hours times a rate are what is paid."""
    whole, _point, decimals = f"{value:.{DECIMALS}f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def _to_text(value, decimal_mark):
    if isinstance(value, str):
        return _plain(value)
    return format_number(value).replace(".", decimal_mark)


def _plain(text):
    return f"'{text}" if text.startswith(FORMULA) else text
