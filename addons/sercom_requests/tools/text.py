from odoo.tools import html2plaintext


def first_line(html, length=80):
    """First line of an HTML text, as plain text of at most ``length`` characters."""
    text = html2plaintext(html or "").strip()
    line = text.split("\n", 1)[0].strip()
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
