from odoo import models
from odoo.exceptions import UserError


class SaleMassCancelOrders(models.TransientModel):
    """Orders that are cancelled from their list are asked about as on their own form."""

    _inherit = "sale.mass.cancel.orders"

    def action_mass_cancel(self):
        """Cancel the orders, or ask why and show what their jobs leave behind.

        :return: window action of the dialog that asks, where orders have jobs
        :raises UserError: naming the orders whose jobs the user may not cancel
        """
        orders = self.sale_order_ids.filtered(lambda order: order.state != "cancel")
        refused = orders.filtered(lambda order: not order.is_cancel_allowed)
        if refused and not self.env.su:
            raise UserError(
                self.env._(
                    "Only a dispatcher cancels orders with open jobs: %s. Leave them out, or ask "
                    "the office.",
                    ", ".join(refused.mapped("name")),
                )
            )
        if not self.env.su and any(orders.mapped("is_cancel_asked")):
            return orders.action_ask_cancel()
        return super().action_mass_cancel()
