from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("analytic_line_ids.approval_state")
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _compute_remaining_hours_available(self):
        # Odoo asks the database for the hour at each line: it is asked once for lines alike.
        alike = self.grouped(lambda line: (line.product_id.service_policy, line.product_uom_id))
        for lines in alike.values():
            super(SaleOrderLine, lines[0])._compute_remaining_hours_available()
            lines.remaining_hours_available = lines[0].remaining_hours_available

    def _recompute_qty_to_invoice(self, start_date, end_date):
        # sudo: reckoned, and nobody types it
        return super(SaleOrderLine, self.sudo())._recompute_qty_to_invoice(start_date, end_date)

    def _timesheet_compute_delivered_quantity_domain(self):
        domain = super()._timesheet_compute_delivered_quantity_domain()
        return Domain(domain) & self.env["account.analytic.line"]._get_billable_domain()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_hours(self):
        for line in self:
            # sudo: whoever's hours they are
            if line.sudo()._has_hours():
                raise UserError(
                    self.env._(
                        "“%(line)s” stays: hours were worked on it. Set its quantity to 0 "
                        "instead of deleting it.",
                        line=line.display_name,
                    )
                )

    def _has_hours(self):
        """Whether timesheets are billed, or will be, on one of these lines."""
        hours = self.env["account.analytic.line"]
        return bool(hours.search_count([("so_line", "in", self.ids)], limit=1))
