from odoo import api, fields, models


class SercomKpiClosingItem(models.Model):
    """Parts that came and whose bill did not."""

    _inherit = "sercom.kpi.closing.item"

    @api.model
    def _get_items(self):
        return {
            **super()._get_items(),
            "unbilled": (
                self.env._("Purchases for jobs whose bill has not come"),
                "purchase.order",
                "_get_unbilled_domain",
            ),
        }

    @api.model
    def _get_unbilled_domain(self, company, first, after):
        return [
            ("company_id", "=", company.id),
            ("order_line.fsm_order_id", "!=", False),
            ("invoice_status", "=", "to invoice"),
            ("date_order", "<", fields.Datetime.to_datetime(after)),
        ]
