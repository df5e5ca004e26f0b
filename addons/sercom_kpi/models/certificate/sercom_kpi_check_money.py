from collections import defaultdict

from odoo import api, models

from odoo.addons.sercom_billing.models.ledger.sercom_billing_entry import WAIVED
from odoo.addons.sercom_requests.tools.local_time import local_date

# A quantity of an invoice has two decimals, the ledger six.
ROUNDED = 0.011
CENT = 0.005


class SercomKpiCheck(models.TransientModel):
    """Recounts of money: from invoices, order lines and journal items."""

    _inherit = "sercom.kpi.check"

    # Hours on the invoices of the month, beside the billing ledger

    def _find_invoiced(self, company, first, after):
        """Lines of posted invoices and credit notes of jobs that are sold by the hour."""
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("move_id.move_type", "in", ("out_invoice", "out_refund")),
                ("date", ">=", first),
                ("date", "<", after),
                ("display_type", "=", "product"),
                ("sale_line_ids.fsm_order_id", "!=", False),
            ]
        )
        hour = self.env["uom.uom"]._get_hour()
        return items.filtered(
            lambda item: (
                len(item.sale_line_ids) == 1
                and item.sale_line_ids.product_uom_id._has_common_reference(hour)
            )
        )

    def _tell_invoiced(self, company, first, after):
        return self._sum_ledger(self._find_invoiced(company, first, after))

    def _sum_ledger(self, items):
        """Hours that the billing ledger has on invoice lines."""
        groups = self.env["sercom.billing.entry"]._read_group(
            [("document_line_ref", "in", items.ids), ("fate", "not in", WAIVED)],
            ["document_line_ref"],
            ["quantity:sum"],
        )
        return dict(groups)

    def _recount_invoiced(self, company, first, after):
        """Hours of the invoices themselves: a credit note takes them back."""
        items = self._find_invoiced(company, first, after)
        ledger = self._sum_ledger(items)
        hour = self.env["uom.uom"]._get_hour()
        hours = {}
        for item in items:
            sign = -1 if item.move_id.move_type == "out_refund" else 1
            billed = item.product_uom_id._compute_quantity(item.quantity, hour, round=False)
            billed = 0.0 if self._credits_price(item) else sign * billed
            told = ledger.get(item.id, 0.0)
            hours[item.id] = told if abs(billed - told) <= ROUNDED else billed
        return hours

    def _credits_price(self, item):
        """Whether a line of a credit note takes back part of the price, and none of the hours."""
        origin = item.move_id.reversed_entry_id.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids == item.sale_line_ids
        )
        return item.move_id.move_type == "out_refund" and any(
            self._get_net_price(item) < self._get_net_price(line) - CENT for line in origin
        )

    def _get_net_price(self, item):
        """Price of an hour on an invoice line, its discount taken off."""
        hour = self.env["uom.uom"]._get_hour()
        price = item.price_unit * (1 - item.discount / 100)
        return item.product_uom_id._compute_price(price, hour)

    # Work to invoice

    def _recount_to_invoice(self, company, first, after):
        """From order lines: what is delivered or over, and not invoiced, less deposits."""
        zone = self._get_zone(company)
        lines = self.env["sale.order.line"].search(
            [
                ("company_id", "=", company.id),
                ("qty_to_invoice", "!=", 0),
                ("display_type", "=", False),
            ]
        )
        values = {}
        for line in lines:
            job = line.fsm_order_id
            moment = job.date_end or line.order_id.date_order
            if self._is_due(line) and first <= local_date(moment, zone) < after:
                rate = line.order_id.currency_rate or 1.0
                values[line.id] = line.qty_to_invoice * self._get_price(line) / rate
        return values

    def _is_due(self, line):
        closed, job = ("done", "cancelled"), line.fsm_order_id
        by_delivery = line.product_id.invoice_policy == "delivery"
        if job and (by_delivery or job.state in closed):
            return True
        over = [("sale_id", "=", line.order_id.id), ("state", "in", closed)]
        return line.is_downpayment and bool(self.env["fsm.order"].search_count(over, limit=1))

    def _get_price(self, line):
        if line.product_uom_qty:
            return line.price_subtotal / line.product_uom_qty
        return line.price_unit * (1 - line.discount / 100)

    # Margin

    @api.model
    def _recount_margin(self, company, first, after):
        """Hook: by job, 0 for none, what is on the income accounts less what the job cost."""
        margin = defaultdict(float)
        income = self._recount_revenue(company, first, after)
        for item in self.env["account.move.line"].browse(income):
            margin[min(item.fsm_order_ids.ids, default=0)] += income[item.id]
        for line in self._get_timesheets(company, first, after):
            margin[line.fsm_order_id.id] += line.amount  # a cost is below zero there
        return margin
