import math

from odoo import models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import letterhead
from ..tools.printing import strip_fetches

# Below a letterhead that is taller than the margin, in millimetres.
LETTERHEAD_GAP = 5


class IrActionsReport(models.Model):
    """Pages have their letterhead, and printing fetches nothing that a user wrote the address of.

    The printer stands inside the firm's network: a picture in a note would have it call any
    address there, or tell another one that the page was printed.
    """

    _inherit = "ir.actions.report"

    def _run_wkhtmltopdf(self, bodies, *args, header=None, footer=None, **kwargs):
        header, footer = (self._strip_fetches(part) for part in (header, footer))
        bodies = [self._strip_fetches(body) for body in bodies]
        if self._draws_letterheads():
            return super()._run_wkhtmltopdf(bodies, *args, header=header, footer=footer, **kwargs)
        return self._print_with_letterhead(
            super()._run_wkhtmltopdf, bodies, header, footer, *args, **kwargs
        )

    def _draws_letterheads(self):
        """Whether this machine's wkhtmltopdf draws headers and footers: see tools/letterhead.py."""
        return _wkhtml().is_patched_qt

    def _print_with_letterhead(
        self, print_bodies, bodies, header, footer, report_ref=False, **kwargs
    ):
        """Print bodies, then headers and footers, and lay them over each other.

        :param print_bodies: function that prints HTML pages as Odoo does
        :return: the PDF file, as Odoo's own with a printer that draws headers and footers
        """
        report = self._get_report(report_ref) if report_ref else self
        asked = kwargs.pop("specific_paperformat_args", None) or {}
        top, start, bottom = self._get_letterhead_margins(report.get_paperformat(), asked)

        def print_pages(pages, **margins):
            margins = {f"data-report-margin-{name}": value for name, value in margins.items()}
            return print_bodies(
                pages, report_ref, specific_paperformat_args={**asked, **margins}, **kwargs
            )

        def print_sheets(documents):
            counts = [letterhead.count_pages(document) for document in documents]
            page = letterhead.prepare_sheets(header, footer, counts)
            return page and print_pages([page], top=start, bottom=0)

        documents = [print_pages([body]) for body in bodies]
        sheets = print_sheets(documents)
        if not sheets:
            return letterhead.merge(documents, None, (0, 0))
        below = math.ceil(letterhead.measure_headers(sheets)) + LETTERHEAD_GAP
        if below - LETTERHEAD_GAP > top:
            # It is taller than the margin: what stands below it begins lower.
            documents = [print_pages([body], top=below) for body in bodies]
            sheets = print_sheets(documents)
        return letterhead.merge(documents, sheets, (start, bottom))

    def _get_letterhead_margins(self, paperformat, asked):
        """The top margin, where headers begin, and the height kept for footers, in millimetres.

        :param asked: what the page itself asks for, which goes before the paper format
        """
        names = ("margin_top", "margin_bottom", "header_spacing")
        top, bottom, spacing = (
            float(asked.get(f"data-report-{name.replace('_', '-')}", paperformat[name]))
            for name in names
        )
        return top, max(top - spacing, 0), bottom

    def _run_wkhtmltoimage(self, bodies, *args, **kwargs):
        bodies = [self._strip_fetches(body) for body in bodies]
        return super()._run_wkhtmltoimage(bodies, *args, **kwargs)

    def _strip_fetches(self, html):
        if not html or not html.strip():
            return html
        base_url = self._get_report_url(layout=self._get_layout())
        return strip_fetches(str(html), base_url, self._is_kept_elsewhere)

    def _is_kept_elsewhere(self, attachment_id):
        """Whether this attachment is the address of a file in another place."""
        # sudo: pages are printed of records whose attachments the user may not read
        attachment = self.env["ir.attachment"].sudo().browse(attachment_id).exists()
        return attachment.type == "url"
