from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.onchange("partner_id", "order_line")
    def _onchange_only_site(self):
        # Who has one site only is quoted for it. Plain sales orders stay without: what is sold, or
        # the menu that the order is made from, tells that it is for service.
        is_service = self.env.context.get("default_is_service_request") or self._is_service_flow()
        if is_service and not self.fsm_location_id:
            self.fsm_location_id = self.partner_id._get_only_site()
