from odoo import api, models
from odoo.fields import Domain


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("analytic_line_ids.approval_state")
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    @api.depends("product_id.service_policy")
    def _compute_remaining_hours_available(self):
        # OVERRIDE sale_timesheet, which asks the database for the unit at each line.
        hour = self.env["uom.uom"]._get_hour()
        for line in self:
            line.remaining_hours_available = (
                line.product_id.service_policy == "ordered_prepaid"
                and line.product_uom_id
                and line.product_uom_id._has_common_reference(hour)
            )

    def _timesheet_compute_delivered_quantity_domain(self):
        domain = super()._timesheet_compute_delivered_quantity_domain()
        return Domain(domain) & self.env["account.analytic.line"]._get_billable_domain()
