from odoo import api, models
from odoo.fields import Domain


class SaleOrderLine(models.Model):
    """A line that bills hours delivers the billable ones, not those of the clock."""

    _inherit = "sale.order.line"

    @api.depends("analytic_line_ids.billable_hours")
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _prepare_qty_delivered(self):
        own = self.filtered(lambda line: line._is_billed_by_hours())
        delivered = super(SaleOrderLine, self - own)._prepare_qty_delivered()
        if not own:
            return delivered
        domain = Domain(own._timesheet_compute_delivered_quantity_domain())
        domain &= Domain("so_line", "in", own._origin.ids)
        # sudo: whoever's hours they are
        Timesheet = self.env["account.analytic.line"].sudo()
        groups = Timesheet._read_group(domain, ["so_line"], ["billable_hours:sum"])
        hours = {line.id: billable for line, billable in groups}
        for line in own:
            delivered[line] = line._convert_hours(hours.get(line._origin.id, 0.0))
        return delivered
