"""The letterhead on printed pages, where the printer draws none.

wkhtmltopdf draws headers and footers only with a Qt that was patched for it. Debian's and others'
is not: there each body is printed alone, headers and footers on sheets of their own, and both laid
over each other here.
"""

import copy
import io
import re

from lxml import etree

from odoo.tools.pdf import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfFileReader,
    PdfFileWriter,
    createStringObject,
)

HEADERS = "minimal_layout_report_headers"
FOOTERS = "minimal_layout_report_footers"
POINTS = 72 / 25.4  # in a millimetre
SHEET = "page-break-after: always; overflow: hidden"
# Stands below each header, in a colour that nobody sees and that nothing else has.
MARK = (254, 253, 252)
NUMBER = re.compile(r"-?\d*\.?\d+")
MARK_STYLE = "clear: both; height: 1px; background: #{:02x}{:02x}{:02x}".format(*MARK)


def count_pages(document):
    """Answer how many pages a PDF file has."""
    return PdfFileReader(io.BytesIO(document), strict=False).getNumPages()


def prepare_sheets(header, footer, page_counts):
    """Answer the HTML page of the sheets: for each printed page its header, then its footer.

    :param str header: Odoo's page with the header of each document
    :param str footer: likewise
    :param page_counts: how many pages each document has
    :return: None where there is neither header nor footer
    """
    headers, footers = _get_parts(header, HEADERS), _get_parts(footer, FOOTERS)
    if not headers and not footers:
        return None
    root = _parse(header or footer)
    body = root.find("body")
    body.attrib.pop("onload", None)  # would look for one page's header, by the printer's numbers
    body.set("class", body.get("class", "").replace("overflow-hidden", ""))
    for node in list(body):
        body.remove(node)
    for index, count in enumerate(page_counts):
        for page in range(1, count + 1):
            for parts in (headers, footers):
                body.append(_make_sheet(parts[index : index + 1], page, count))
            etree.SubElement(body[-2], "div", style=MARK_STYLE)
    body[-1].set("style", "overflow: hidden")  # no page after the last one
    return etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")


def _parse(html):
    return etree.fromstring(html.strip().encode(), etree.HTMLParser(encoding="utf-8"))


def _get_parts(html, node_id):
    """The header or footer of each document."""
    found = _parse(html).xpath(f"//*[@id='{node_id}']") if html and html.strip() else []
    return list(found[0]) if found else []


def _make_sheet(parts, page, count):
    sheet = etree.Element("div", style=SHEET)
    for part in parts:
        part = copy.deepcopy(part)
        for name, number in (("page", page), ("topage", count)):
            for node in part.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
                node.text = str(number)
        sheet.append(part)
    if not parts:
        sheet.text = "\N{NO-BREAK SPACE}"  # an empty sheet makes no page
    return sheet


def measure_headers(sheets):
    """How far down their pages the headers reach, in millimetres from the top of the page.

    :param sheets: the PDF file that was printed from ``prepare_sheets``
    """
    lowest = 0.0
    for page in _read_pages(sheets):
        height = float(page["/MediaBox"][3])
        for y in _find_marks(page["/Contents"].getData().decode("latin-1")):
            lowest = max(lowest, (height - y) / POINTS)
    return lowest


def _find_marks(drawing):
    """Heights on the page of what is filled in the colour of ``MARK``, as Qt draws it.

    Qt moves and scales, and turns nothing: of each matrix, the vertical part is enough.
    """
    scale, shift, is_mark = 1.0, 0.0, False
    kept, found = [], []
    for line in drawing.splitlines():
        for word, values in _split_operators(line):
            if word == "q":
                kept.append((scale, shift, is_mark))
            elif word == "Q" and kept:
                scale, shift, is_mark = kept.pop()
            elif word == "cm":
                scale, shift = values[3] * scale, values[5] * scale + shift
            elif word == "scn":
                is_mark = tuple(round(value * 255) for value in values[-3:]) == MARK
            elif word == "re" and is_mark:
                found.append((values[1] + values[3]) * scale + shift)
    return found


def _split_operators(line):
    """Operators of a line that places or fills, each with its numbers."""
    values = []
    for word in line.split():
        if NUMBER.fullmatch(word):
            values.append(float(word))
            continue
        if word in ("q", "Q", "cm", "scn", "re"):
            yield word, values
        values = []


def merge(documents, sheets, margins):
    """Answer one PDF file: the documents' pages with their headers and footers.

    :param documents: a PDF file per document
    :param sheets: the PDF file that was printed from ``prepare_sheets``, from ``margins[0]`` on;
        None where there is neither header nor footer
    :param margins: in millimetres, where on the page the header begins, and the height kept for
        the footer
    """
    if not sheets and len(documents) == 1:
        return documents[0]
    writer = PdfFileWriter()
    starts = []
    sheet_pages = _read_pages(sheets) if sheets else []
    pages = [_read_pages(document) for document in documents]
    # Where one is taller than a page, all are: they differ by the number only.
    step = len(sheet_pages) // (2 * sum(map(len, pages))) if sheets else 0
    for own in pages:
        starts.append(writer.getNumPages())
        for page in own:
            if sheets:
                at = 2 * writer.getNumPages() * step
                layers = sheet_pages[at], sheet_pages[at + step], page
                page = _lay_over(writer, *layers, margins)
            writer.addPage(page)
    if len(starts) > 1:
        _note_starts(writer, starts)
    with io.BytesIO() as output:
        writer.write(output)
        return output.getvalue()


def _read_pages(document):
    reader = PdfFileReader(io.BytesIO(document), strict=False)
    return [reader.getPage(number) for number in range(reader.getNumPages())]


def _lay_over(writer, header, footer, page, margins):
    """Draw the header's sheet, the footer's, moved down, and the page, in place of the page.

    In this order: each of them is white where it has nothing, from its margin to the bottom. They
    are drawn as they are: the letters of web fonts are shapes, and slow to read.
    """
    forms = DictionaryObject()
    drawn = []
    down = float(page["/MediaBox"][3]) - sum(margins) * POINTS
    for name, layer, shift in (("Header", header, 0), ("Footer", footer, down), ("Page", page, 0)):
        form = layer["/Contents"]
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = layer["/MediaBox"]
        form[NameObject("/Resources")] = layer.raw_get("/Resources")
        forms[NameObject(f"/{name}")] = layer.raw_get("/Contents")
        drawn.append(f"q 1 0 0 1 0 {-shift:.3f} cm /{name} Do Q")
    content = DecodedStreamObject()
    content.setData("\n".join(drawn).encode())
    page[NameObject("/Contents")] = writer._addObject(content)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    return page


def _note_starts(writer, starts):
    """Note where each document begins, as the patched printer does: Odoo splits the file by it."""
    names = [createStringObject(f"document-{number}") for number, _start in enumerate(starts)]
    places = DictionaryObject()
    outlines = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    outlines_ref = writer._addObject(outlines)
    nodes = []
    for name, start in zip(names, starts, strict=True):
        zero = NumberObject(0)
        place = [NumberObject(start), NameObject("/XYZ"), zero, zero, zero]
        places[NameObject(f"/{name}")] = ArrayObject(place)
        node = {
            NameObject("/Title"): name,
            NameObject("/Parent"): outlines_ref,
            NameObject("/Dest"): NameObject(f"/{name}"),
        }
        nodes.append(DictionaryObject(node))
    refs = [writer._addObject(node) for node in nodes]
    for number, node in enumerate(nodes):
        if number:
            node[NameObject("/Prev")] = refs[number - 1]
        if number + 1 < len(refs):
            node[NameObject("/Next")] = refs[number + 1]
    outlines[NameObject("/First")], outlines[NameObject("/Last")] = refs[0], refs[-1]
    outlines[NameObject("/Count")] = NumberObject(len(refs))
    writer._root_object[NameObject("/Outlines")] = outlines_ref
    writer._root_object[NameObject("/Dests")] = places
