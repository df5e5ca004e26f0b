from odoo import models


class SercomServiceFile(models.Model):
    """Quotes of the file, on its time line."""

    _inherit = "sercom.service.file"

    def _get_timeline_sources(self):
        orders = self._get_timeline_records("sale.order")
        return [*super()._get_timeline_sources(), (orders, self._get_order_entries)]

    def _get_order_entries(self, order):
        return [
            self._prepare_timeline_entry(
                order,
                "quote",
                order.date_order if order.state == "sale" else order.create_date,
                order.display_name,
                state=self._get_selection_label(order, "quote_stage"),
                amount=order.currency_id.format(order.amount_total),
                who=order.user_id.name or "",
            )
        ]
