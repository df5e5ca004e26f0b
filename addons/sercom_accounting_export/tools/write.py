"""Files of a layout: CSV, QuickBooks Desktop's IIF and Sage 50's IMP."""

import csv
import io
from collections import ChainMap

from .layout import get_cells, get_lines

LINE_END = "\r\n"
# Sage 50 Canada: version of the format, and the country.
IMP_HEADER = ("<Version>", '"12001","1"', "</Version>")


class UnbalancedError(ValueError):
    """A document whose journal items do not add up to zero."""


def write_file(fmt, sections):
    """Write a file.

    :param Format fmt: how
    :param list sections: ``(Section, [documents])``, in their order
    :return: bytes
    :raises UnbalancedError: naming the document
    """
    for _section, documents in sections:
        for document in documents:
            _check_balance(document)
    text = WRITERS[fmt.kind](fmt, sections)
    # What an encoding lacks (a sign of another script) becomes a question mark, never an error.
    return text.encode(fmt.encoding, "replace")


def _check_balance(document):
    if sum(line["balance"] for line in document.get("lines", ())):
        raise UnbalancedError(document["number"])


def _row(line, document):
    return ChainMap(line, document)


def _write_csv(fmt, sections):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=fmt.delimiter, lineterminator=LINE_END)
    writer.writerow([column.name for column in sections[0][0].columns])
    for section, documents in sections:
        for document in documents:
            rows = (
                [document]
                if section.rows == "document"
                else [_row(line, document) for line in get_lines(section, document)]
            )
            writer.writerows(get_cells(section.columns, row, fmt) for row in rows)
    return out.getvalue()


def _write_iif(fmt, sections):
    """Tab-separated; each kind of row is declared with its columns before the first of them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator=LINE_END)
    declared = None
    for section, documents in sections:
        columns = {
            part: [column for column in section.columns if column.part == part]
            for part in ("document", "line")
        }
        header = [
            [f"!{tag}", *(column.name for column in columns[part])]
            for tag, part in ((section.tag, "document"), (section.line_tag, "line"))
            if tag
        ]
        if section.end_tag:
            header.append([f"!{section.end_tag}"])
        if header != declared:
            writer.writerows(header)
            declared = header
        for document in documents:
            writer.writerow([section.tag, *get_cells(columns["document"], document, fmt)])
            for line in get_lines(section, document):
                row = _row(line, document)
                writer.writerow([section.line_tag, *get_cells(columns["line"], row, fmt)])
            if section.end_tag:
                writer.writerow([section.end_tag])
    return out.getvalue()


def _write_imp(fmt, sections):
    """Sage 50: each transaction in a pair of tags, every cell in quotes."""
    rows = list(IMP_HEADER)
    for section, documents in sections:
        parts = [
            [column for column in section.columns if column.part == part]
            for part in ("head", "document", "line")
        ]
        for document in documents:
            lines = get_lines(section, document)
            rows.append(f"<{section.tag}>")
            for columns in parts[:2]:
                if columns:
                    row = _row({"line_count": len(lines)}, document)
                    rows.append(_quote(get_cells(columns, row, fmt)))
            rows += [_quote(get_cells(parts[2], _row(line, document), fmt)) for line in lines]
            rows.append(f"</{section.tag}>")
    return LINE_END.join([*rows, ""])


def _quote(cells):
    # The format has no sign for a quote within quotes.
    return ",".join('"{}"'.format(cell.replace('"', "''")) for cell in cells)


WRITERS = {"csv": _write_csv, "iif": _write_iif, "imp": _write_imp}
