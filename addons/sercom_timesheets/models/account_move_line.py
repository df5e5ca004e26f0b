from odoo import api, models
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _timesheet_domain_get_invoiced_lines(self, sale_line_delivery):
        # What is not delivered yet, as nobody has approved it, is not on this invoice.
        domain = super()._timesheet_domain_get_invoiced_lines(sale_line_delivery)
        return Domain(domain) & self.env["account.analytic.line"]._get_billable_domain()
