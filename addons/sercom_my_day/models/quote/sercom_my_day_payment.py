import base64

from odoo import api, models
from odoo.tools import format_amount

QR_SIZE = 240  # pixels


class SercomMyDay(models.AbstractModel):
    """What the client of a job owes, and the page on which they pay it: Odoo's own."""

    _inherit = "sercom.my.day"

    @api.model
    def get_payments(self, job_id):
        """What is still owed of a job's posted invoices, and where it is paid.

        :return: ``[{"id", "name", "is_due", "due_text", "url", "qr"}]``; ``qr`` is the address as a
            picture
        :raises UserError: when the job is none of the user's
        """
        job = self._get_priced_job(job_id)
        invoices = job._get_site_invoices()[job]
        return [self._get_payment(invoice) for invoice in invoices.sorted("id")]

    def _get_payment(self, invoice):
        """One posted invoice, read as superuser."""
        # The page of this one invoice, for who has its token: technicians read no invoice.
        url = f"{invoice.get_base_url()}{invoice.get_portal_url()}"
        currency = invoice.currency_id
        is_due = currency.compare_amounts(invoice.amount_residual, 0) > 0
        picture = self._draw_qr(url) if is_due else ""
        return {
            "id": invoice.id,
            "name": invoice.name,
            "is_due": is_due,
            "due_text": format_amount(
                self.env, invoice.amount_residual, currency, lang_code=self.env.lang
            ),
            "url": url,
            "qr": picture,
        }

    def _draw_qr(self, text):
        """A text as a QR code: address of a picture that holds all of it."""
        # sudo: to draw, nobody needs a right
        report = self.env["ir.actions.report"].sudo()
        picture = report.barcode("QR", text, width=QR_SIZE, height=QR_SIZE)
        return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
