"""What a file says of itself, read back from its bytes: the certificate's own side."""

import csv
import io
from decimal import Decimal


def read_total(content, fmt, sections):
    """Sum of the columns that the layout marks as total.

    :param bytes content: of the file
    :param Format fmt: how it was written
    :param list sections: of the file
    :return: Decimal
    """
    text = content.decode(fmt.encoding)
    return sum(READERS[fmt.kind](text, fmt, sections), Decimal(0))


def _read_csv(text, fmt, sections):
    names = [column.name for column in sections[0].columns if column.is_total]
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=fmt.delimiter):
        yield from (Decimal(row[name]) for name in names if row[name])


def _read_iif(text, _fmt, sections):
    names = {
        (tag, column.name)
        for section in sections
        for column in section.columns
        for tag in [section.tag if column.part == "document" else section.line_tag]
        if column.is_total
    }
    header = {}
    for tag, *cells in csv.reader(io.StringIO(text, newline=""), delimiter="\t"):
        if tag.startswith("!"):
            header[tag[1:]] = cells
            continue
        for name, cell in zip(header.get(tag, ()), cells, strict=False):
            if (tag, name) in names and cell:
                yield Decimal(cell)


def _read_imp(text, _fmt, sections):
    """The total stands in the transaction's own row, which follows the client's."""
    by_tag = {section.tag: section for section in sections}
    section, position = None, 0
    for cells in csv.reader(io.StringIO(text, newline="")):
        if cells and cells[0].startswith("<"):
            section, position = by_tag.get(cells[0].strip("<>")), 0
            continue
        if section:
            parts = [p for p in ("head", "document") if _columns(section, p)] + ["line"]
            columns = _columns(section, parts[min(position, len(parts) - 1)])
            for column, cell in zip(columns, cells, strict=False):
                if column.is_total and cell:
                    yield Decimal(cell)
            position += 1


def _columns(section, part):
    return [column for column in section.columns if column.part == part]


READERS = {"csv": _read_csv, "iif": _read_iif, "imp": _read_imp}
