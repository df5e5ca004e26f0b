from odoo import api, models
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _timesheet_domain_get_invoiced_lines(self, sale_line_delivery):
        # What is not delivered yet, as nobody has approved it, is not on this invoice.
        domain = super()._timesheet_domain_get_invoiced_lines(sale_line_delivery)
        return Domain(domain) & self.env["account.analytic.line"]._get_billable_domain()

    def unlink(self):
        credited = self.filtered(
            lambda line: line.move_id.move_type == "out_refund" and line.move_id.state == "draft"
        )
        if credited.sale_line_ids:
            # As Odoo does for invoices: what the credit note gives back no more is to settle.
            # sudo: as Odoo does: who invoices may not write hours
            self.env["account.analytic.line"].sudo().search(
                [
                    ("timesheet_invoice_id", "in", credited.move_id.ids),
                    ("so_line", "in", credited.sale_line_ids.ids),
                ]
            ).write({"timesheet_invoice_id": False})
        return super().unlink()
