from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    """Hours that a credit note gives back are billed with it, and not again by period."""

    _inherit = "account.move"

    def _link_timesheets_to_invoice(self, start_date=None, end_date=None):
        # Odoo writes them line by line. What guards them reads them once, together.
        # sudo: as Odoo does: who invoices may not write hours
        hours = self.env["account.analytic.line"].sudo()
        order_lines = self.invoice_line_ids.sale_line_ids
        hours.search_fetch(
            [("so_line", "in", order_lines.ids), ("timesheet_invoice_id", "=", False)]
        )
        res = super()._link_timesheets_to_invoice(start_date, end_date)
        # Odoo links those of invoices alone. An adjustment that is credited is settled as well.
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        for line in refunds.filtered(lambda move: move.state == "draft").invoice_line_ids:
            # The line of a deposit has no product.
            order_lines = line.sale_line_ids.filtered(
                lambda order_line: (
                    order_line.product_id and order_line.product_id._is_delivered_timesheet()
                )
            )
            if not order_lines:
                continue
            domain = Domain(line._timesheet_domain_get_invoiced_lines(order_lines))
            domain &= Domain("fsm_order_id", "!=", False)
            if start_date:
                domain &= Domain("date", ">=", start_date)
            if end_date:
                domain &= Domain("date", "<=", end_date)
            # sudo: as Odoo does: who invoices may not write hours
            timesheets = self.env["account.analytic.line"].sudo().search(domain)
            timesheets.write({"timesheet_invoice_id": line.move_id.id})
        return res
