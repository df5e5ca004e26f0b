"""Reads the files as the programs do, by the formats' own words; shares no code with the add-on."""

import re


def read_csv(content, encoding="utf-8"):
    """Rows of a CSV file, each ``{heading: text}``; quotes, commas and line ends by RFC 4180."""
    text = content.decode(encoding)
    rows, row, cell, quoted, position = [], [], "", False, 0
    while position < len(text):
        char = text[position]
        if quoted:
            if char == '"' and text[position + 1 : position + 2] == '"':
                cell += '"'
                position += 1
            elif char == '"':
                quoted = False
            else:
                cell += char
        elif char == '"':
            quoted = True
        elif char == ",":
            row.append(cell)
            cell = ""
        elif char == "\n":
            rows.append([*row, cell])
            row, cell = [], ""
        elif char != "\r":
            cell += char
        position += 1
    header, *rows = rows
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def read_iif(content):
    """Transactions of an IIF file, and its lists.

    :return: ``({tag: [{column: text}]}, [(head, [splits])])``
    """
    columns, lists, transactions, current = {}, {}, [], None
    for line in content.decode("cp1252").split("\r\n"):
        if not line:
            continue
        tag, *cells = [_unquote(cell) for cell in line.split("\t")]
        if tag.startswith("!"):
            columns[tag[1:]] = cells
        elif tag == "ENDTRNS":
            transactions.append(current)
            current = None
        else:
            row = dict(zip(columns[tag], cells, strict=True))
            if tag == "TRNS":
                current = (row, [])
            elif tag == "SPL":
                current[1].append(row)
            else:
                lists.setdefault(tag, []).append(row)
    assert current is None, "a transaction is not closed"
    return lists, transactions


def _unquote(cell):
    if cell.startswith('"') and cell.endswith('"') and len(cell) > 1:
        return cell[1:-1].replace('""', '"')
    return cell


def read_imp(content):
    """Blocks of a Sage 50 file: ``[(tag, [[cells]])]``; begins with its version."""
    text = content.decode("cp1252")
    blocks = []
    for tag, body in re.findall(r"<(\w+)>\r\n(.*?)</\1>", text, re.S):
        rows = [re.findall(r'"([^"]*)"', line) for line in body.strip("\r\n").split("\r\n")]
        blocks.append((tag, rows))
    assert blocks[0] == ("Version", [["12001", "1"]]), blocks[0]
    return blocks[1:]
