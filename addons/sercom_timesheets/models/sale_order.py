from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    worked_hours = fields.Float(
        compute="_compute_worked_hours",
        compute_sudo=True,
        help="Hours worked on the order's jobs, travel apart.",
    )

    @api.depends("fsm_order_ids.worked_hours")
    def _compute_worked_hours(self):
        hours = dict(
            self.env["fsm.order"]._read_group(
                [("sale_id", "in", self.ids)], ["sale_id"], ["worked_hours:sum"]
            )
        )
        for order in self:
            order.worked_hours = hours.get(order._origin, 0.0)
