import io
import re
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..tools import letterhead

PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'/></head><body>{}</body></html>"


@tagged("post_install", "-at_install")
class TestLetterhead(TransactionCase):
    """A letterhead that is taller than the page's margin is whole, and hides nothing."""

    def _print(self, lines, paragraphs=1):
        """Print a page under a letterhead of so many lines.

        :return: for each page, in millimetres from its top, where the letterhead ends and where
            the body begins
        """
        header = "".join(f"<div style='height: 5mm'>Line {line}</div>" for line in range(lines))
        header = PAGE.format(f"<div id='{letterhead.HEADERS}'><div>{header}</div></div>")
        footer = PAGE.format(
            f"<div id='{letterhead.FOOTERS}'><div>Page <span class='page'/></div></div>"
        )
        body = PAGE.format("<p style='height: 50mm'>Body</p>" * paragraphs)
        Report = self.env["ir.actions.report"]
        with patch.object(type(Report), "_draws_letterheads", lambda self: False):
            document = Report._run_wkhtmltopdf(
                [body], "web.action_report_internalpreview", header=header, footer=footer
            )
        return [self._measure(page) for page in PdfFileReader(io.BytesIO(document)).pages]

    def _measure(self, page):
        height = float(page["/MediaBox"][3])
        forms = page["/Resources"]["/XObject"]
        drawings = {
            name: forms[f"/{name}"].get_object().get_data().decode("latin-1")
            for name in ("Header", "Page")
        }
        ends = letterhead._find_marks(drawings["Header"])
        begins = float(re.search(r"(\S+) cm", drawings["Page"])[1])
        return [(height - y) / letterhead.POINTS for y in (min(ends), begins)]

    def test_one_that_fits_leaves_the_margin(self):
        margin = (
            self.env["ir.actions.report"]
            ._get_report("web.action_report_internalpreview")
            .get_paperformat()
            .margin_top
        )
        [(end, begin)] = self._print(2)
        self.assertLess(end, begin)
        self.assertAlmostEqual(begin, margin, delta=1)

    def test_one_that_is_taller_pushes_the_body_down(self):
        [(end, begin)] = self._print(16)
        self.assertGreater(end, 60)
        self.assertLess(end, begin)
        self.assertLess(begin, end + 10)

    def test_pages_that_come_of_it_have_their_letterhead(self):
        few, many = self._print(2, paragraphs=5), self._print(16, paragraphs=5)
        self.assertGreater(len(many), len(few))
        for end, begin in many:
            self.assertLess(end, begin)
