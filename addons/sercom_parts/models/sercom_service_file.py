from odoo import api, fields, models


class SercomServiceFile(models.Model):
    """Purchase orders of the file's jobs, on its time line."""

    _inherit = "sercom.service.file"

    purchase_order_ids = fields.One2many(
        "purchase.order", "service_file_id", string="Purchase Orders"
    )

    @api.depends("purchase_order_ids.state", "purchase_order_ids.receipt_status")
    def _compute_timeline(self):
        return super()._compute_timeline()

    def _get_timeline_sources(self):
        sources = super()._get_timeline_sources()
        Order = self.env["purchase.order"]
        if Order.has_access("read"):
            orders = Order.search([("service_file_id", "in", self.ids)])
            sources.append((orders, self._get_purchase_entries))
        return sources

    def _get_purchase_entries(self, order):
        return [
            self._prepare_timeline_entry(
                order,
                "purchase",
                order.date_approve or order.create_date,
                f"{order.name} – {order.partner_id.name}",
                state=self._get_selection_label(
                    order, "receipt_status" if order.receipt_status else "state"
                ),
                amount=order.currency_id.format(order.amount_total),
            )
        ]
