from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _has_to_be_paid(self):
        # Who cannot be paid on the pages asks nobody to.
        return super()._has_to_be_paid() and self.company_id._takes_payments_online()

    def _get_online_payment_error(self):
        if self.company_id._takes_payments_online():
            return super()._get_online_payment_error()
        return self.env._("This invoice cannot be paid online.")

    def _get_invoice_pdf_proforma(self):
        """The PDF of an invoice that has none yet: what is posted is no pro forma."""
        self.ensure_one()
        if self.state != "posted":
            return super()._get_invoice_pdf_proforma()
        reports = self.env["ir.actions.report"]
        name = "account.account_invoices"
        content, kind = reports._pre_render_qweb_pdf(name, self.ids)
        return {
            "filename": self._get_invoice_report_filename(),
            "filetype": "pdf",
            "content": reports._get_splitted_report(name, content, kind)[self.id],
        }
