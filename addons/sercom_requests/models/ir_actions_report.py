from odoo import models

from ..tools.printing import strip_fetches


class IrActionsReport(models.Model):
    """Printing fetches nothing that a user wrote the address of.

    The printer stands inside the firm's network: a picture in a note would have it call any
    address there, or tell another one that the page was printed.
    """

    _inherit = "ir.actions.report"

    def _run_wkhtmltopdf(self, bodies, *args, header=None, footer=None, **kwargs):
        header, footer = (self._strip_fetches(part) for part in (header, footer))
        bodies = [self._strip_fetches(body) for body in bodies]
        return super()._run_wkhtmltopdf(bodies, *args, header=header, footer=footer, **kwargs)

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
