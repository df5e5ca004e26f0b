from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._open_service_files()
        return lines

    def _is_field_service(self):
        """Whether confirming this one line makes a job."""
        self.ensure_one()
        return self.product_id.field_service_tracking not in (False, "no")
