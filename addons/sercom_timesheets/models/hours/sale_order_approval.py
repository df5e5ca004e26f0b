from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _compute_show_hours_recorded_button(self):
        # OVERRIDE sale_timesheet, which reads a count that only project users may read: others
        # who approve hours could not open an order.
        if self.env.user.has_group("project.group_project_user"):
            return super()._compute_show_hours_recorded_button()
        for order in self:
            order.show_hours_recorded_button = bool(order.timesheet_count)
        return None
