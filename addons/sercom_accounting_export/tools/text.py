"""Names and words as a bookkeeper's program takes them."""

import re

# A spreadsheet takes a cell that begins so for a formula; a phone number is none.
FORMULA = re.compile(r"[=+\-@]")
YEAR = re.compile(r"(19|20)\d\d")
HARMLESS = re.compile(r"[+\-]?[\d\s().,-]*")


def one_line(text):
    """Text without tabs and line ends, which these formats use themselves."""
    return re.sub(r"\s+", " ", text or "").strip()


def guard_formula(text):
    """Text that no spreadsheet takes for a formula: an apostrophe before it, as Odoo's export."""
    if FORMULA.match(text) and not HARMLESS.fullmatch(text):
        return "'" + text
    return text


def shorten(text, width, suffix=""):
    """Text of at most ``width`` characters.

    :param suffix: what tells it from others that begin alike; it stands where text is left out
    """
    if not width or len(text) <= width:
        return text
    end = f" {suffix}" if suffix else ""
    return text[: width - len(end)].rstrip() + end


def shorten_number(number, width, suffix=""):
    """A document's number in at most ``width`` characters, by which it is still found on paper.

    Its separators go first, then the century of its year, then the zeros that lead its last part.
    Its beginning stays: that tells a credit note from an invoice.

    :param suffix: what tells it from others, where that is not enough
    """
    if not width or len(number) <= width:
        return number
    parts = re.findall(r"[0-9A-Za-z]+", number) or [""]
    short = [part[2:] if YEAR.fullmatch(part) else part for part in parts]
    last = short[-1].lstrip("0")
    whole = "".join(short)
    zeros = "0" * (width - len(whole) + len(short[-1]) - len(last))
    for found in ("".join(parts), whole, "".join([*short[:-1], zeros, last])):
        if len(found) <= width:
            return found
    return shorten(whole, width, suffix)


def unique_name(name, record_id, first_id):
    """Name by which a program knows a record: of several that are called alike, the first keeps it.

    :param first_id: id of the first record that is called so
    """
    name = one_line(name)
    return name if record_id == first_id else f"{name} ({record_id})"
