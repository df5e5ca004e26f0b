from collections import defaultdict

from odoo import api, models

from odoo.addons.sercom_kpi.models.certificate.sercom_kpi_check import BY_JOB, Recount
from odoo.addons.sercom_parts.tools.parts import SMALL
from odoo.addons.sercom_requests.tools.local_time import local_date


class SercomKpiCheck(models.TransientModel):
    """Parts and purchases of a month by job: from bills, purchase lines and stock moves."""

    _inherit = "sercom.kpi.check"

    @api.model
    def _get_recounts(self):
        return {
            **super()._get_recounts(),
            "parts_cost": Recount("fsm.order", "_recount_parts", BY_JOB),
        }

    @api.model
    def _recount_margin(self, company, first, after):
        margin = super()._recount_margin(company, first, after)
        for job, cost in self._recount_parts(company, first, after).items():
            margin[job] -= cost
        return margin

    def _recount_parts(self, company, first, after):
        costs = defaultdict(float)
        month = (company, first, after)
        for job, cost in (
            *self._find_bills(*month),
            *self._find_received(*month),
            *self._find_delivered(*month),
        ):
            costs[job.id] += cost
        return costs

    def _find_bills(self, company, first, after):
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("date", ">=", first),
                ("date", "<", after),
                ("purchase_line_id.fsm_order_id", "!=", False),
                ("purchase_line_id.state", "=", "purchase"),
                ("purchase_line_id.display_type", "=", False),
            ]
        )
        return [(item.purchase_line_id.fsm_order_id, item.balance) for item in items]

    def _find_received(self, company, first, after):
        """What came and is not billed, at its price on the order, on the day it came."""
        zone = self._get_zone(company)
        lines = self.env["purchase.order.line"].search(
            [
                ("company_id", "=", company.id),
                ("fsm_order_id", "!=", False),
                ("state", "=", "purchase"),
                ("display_type", "=", False),
                ("product_qty", "!=", 0),
                ("qty_received", ">", 0),
            ]
        )
        found = []
        for line in lines:
            order = line.order_id
            came = order.effective_date or order.date_approve or order.date_order
            unbilled = line.qty_received - self._get_billed(line)
            if unbilled > 0 and first <= local_date(came, zone) < after:
                value = line.price_subtotal / line.product_qty * unbilled
                value = line.currency_id._convert(
                    value, company.currency_id, company, came.date(), round=False
                )
                found.append((line.fsm_order_id, value))
        return found

    def _get_billed(self, line):
        """Quantity of a purchase line on posted bills, in its own unit."""
        return sum(
            (-1 if item.move_id.move_type == "in_refund" else 1)
            * item.product_uom_id._compute_quantity(item.quantity, line.product_uom_id, round=False)
            for item in line.invoice_lines
            if item.parent_state == "posted"
        )

    def _find_delivered(self, company, first, after):
        """What left the stock for jobs beyond what was bought for them."""
        zone = self._get_zone(company)
        moves = (
            self.env["stock.move"]
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "done"),
                    ("sale_line_id.fsm_order_id", "!=", False),
                    *self._around("date", first, after),
                ]
            )
            .filtered(lambda move: first <= local_date(move.date, zone) < after)
        )
        jobs = moves.sale_line_id.fsm_order_id
        bought, delivered = jobs._get_bought_values(), jobs._get_delivered_values()
        found = []
        for move in moves:
            back = move.location_id.usage == "customer"
            if back == (move.location_dest_id.usage == "customer"):
                continue
            key = (move.sale_line_id.fsm_order_id, move.product_id)
            quantity = delivered[key][0]
            if quantity > SMALL:
                beyond = max(quantity - max(bought[key][0], 0.0), 0.0) / quantity
                value = -move._get_done_value() if back else move._get_done_value()
                found.append((key[0], value * beyond))
        return found
