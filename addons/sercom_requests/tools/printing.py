"""What a printer may fetch while it draws a page: nothing that a user wrote the address of."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

# Places of Odoo that pages are made of.
OWN_PATHS = re.compile(
    r"/(web/image|web/content|web/assets|web/binary/company_logo|report/barcode|logo|\w+/static)"
    r"($|[/.?-])"
)
FETCHING = {
    *("src", "srcset", "poster", "background", "data", "manifest"),
    *("classid", "codebase", "lowsrc", "dynsrc", "profile", "archive"),
}
LINKING = {"link", "image", "use", "feimage"}  # tags that fetch their ``href``
# A rule that is not ended is as good as one that is.
URL = re.compile(
    r"""url\(\s*(?:(['"])(.*?)(?:\1\s*\)|$)|([^)]*)(?:\)|$))""", re.IGNORECASE | re.DOTALL
)
IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
# Odoo's own ``image_data_uri`` calls them jpg.
PICTURES = tuple(f"data:image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "webp"))
ATTACHMENT = re.compile(r"/web/(?:image|content)/(?:ir\.attachment/)?(\d+)")


def strip_fetches(html, base_url, is_remote):
    """Take off a page all that would be fetched from elsewhere.

    :param str html: the whole page
    :param str base_url: where Odoo answers
    :param is_remote: function; whether the attachment with this id is kept elsewhere
    :return: the page
    """
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))
    if root is None:
        return html
    page = _Page(urlsplit(base_url), is_remote)
    for node in root.iter(etree.Element):
        page.clean(node)
    return etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")


class _Page:
    def __init__(self, base, is_remote):
        self.base = base
        self.is_remote = is_remote

    def clean(self, node):
        tag = etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""
        for name, value in node.attrib.items():
            plain = name.rpartition("}")[2].rpartition(":")[2].lower()
            if plain == "style" or "url(" in value.lower():
                node.attrib[name] = self.clean_css(value)
            elif (
                plain == "srcdoc"
                or self.is_fetched(tag, plain)
                and not self.is_allowed_value(plain, value)
            ):
                del node.attrib[name]
        if tag == "style" and node.text:
            node.text = self.clean_css(node.text, is_sheet=True)
        if tag == "base" and urlsplit(node.get("href") or "")[:2] != self.base[:2]:
            node.attrib.pop("href", None)
        if tag == "meta" and "refresh" in (node.get("http-equiv") or "").lower():
            node.attrib.pop("content", None)

    def is_fetched(self, tag, name):
        return name in FETCHING or (name == "href" and tag in LINKING)

    def is_allowed_value(self, name, value):
        if name == "srcset":
            return all(
                self.is_allowed(part.split()[0]) for part in value.split(",") if part.strip()
            )
        return self.is_allowed(value)

    def is_allowed(self, address):
        """Whether an address is a picture in the page, or one of Odoo's own places."""
        # As a browser does: blanks and control characters within an address do not count.
        address = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
        if address.lower().startswith(PICTURES):
            return True
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            scheme = parts.scheme or self.base.scheme
            if (scheme, parts.netloc) != (self.base.scheme, self.base.netloc):
                return False
        path = unquote(parts.path if parts.path.startswith("/") else f"/{parts.path}")
        if ".." in path or "%" in path or not OWN_PATHS.match(path):
            return False
        # One that is kept elsewhere is fetched from there.
        found = ATTACHMENT.match(path)
        ids = [found[1]] if found else parse_qs(parts.query).get("id", [])
        return not any(not number.isdigit() or self.is_remote(int(number)) for number in ids)

    def clean_css(self, text, is_sheet=False):
        """Rules without the addresses that are not Odoo's own."""
        if not is_sheet and "\\" in text:
            return ""  # letters that are written as numbers would hide an address
        text = IMPORT.sub("", text)
        return URL.sub(lambda m: m[0] if self.is_allowed(m[2] or m[3] or "") else "none", text)
