from collections import defaultdict

from odoo import api, fields, models

from ...tools.parts.parts import parts_cost
from .sercom_cost_mixin import TECHNICIAN

MARGIN_GROUPS = f"account.group_account_invoice,fieldservice.group_fsm_manager,!{TECHNICIAN}"


class FsmOrder(models.Model):
    """What the job cost and what is left of what it sold, in the company's currency."""

    _name = "fsm.order"
    _inherit = ["fsm.order", "sercom.cost.mixin"]

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    purchase_cost = fields.Monetary(
        "Parts and Purchases",
        compute="_compute_margin",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="What was bought for the job (billed, or received and not billed yet), and the "
        "stock value of other parts delivered to it. Each part counts once.",
    )
    margin = fields.Monetary(
        compute="_compute_margin",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="What the job sells before taxes (what was invoiced, for a cancelled one), less "
        "its costs.",
    )

    @api.depends(
        "state",
        "sale_line_ids.price_subtotal",
        "sale_line_ids.qty_delivered",
        "sale_line_ids.untaxed_amount_invoiced",
        "purchase_line_ids.qty_received",
        "purchase_line_ids.price_unit",
        "purchase_line_ids.state",
        "purchase_line_ids.invoice_lines.balance",
        "purchase_line_ids.invoice_lines.parent_state",
    )
    def _compute_margin(self):
        costs = self._get_margin_costs()
        revenues = self._get_margin_revenues()
        for job in self:
            own = costs.get(job._origin, {})
            job.purchase_cost = own.get("purchase", 0.0)
            job.margin = revenues[job] - sum(own.values())

    def _get_margin_costs(self):
        """Costs of each job, to be extended by what adds a kind of cost, such as labour.

        :return: ``{job: {kind of cost: amount}}``, in the company's currency
        """
        return {job: {"purchase": cost} for job, cost in self._origin._get_parts_costs().items()}

    def _get_margin_revenues(self):
        """What each job sells before taxes: ``{job: amount}``, in the company's currency."""
        revenues = {}
        for job in self:
            amount = "untaxed_amount_invoiced" if job.state == "cancelled" else "price_subtotal"
            revenues[job] = sum(
                line.currency_id._convert(
                    line[amount],
                    job.company_id.currency_id,
                    job.company_id,
                    line.order_id.date_order or fields.Date.context_today(self),
                )
                for line in job.sale_line_ids
                if not line.display_type
            )
        return revenues

    def _get_parts_costs(self):
        """Cost of what was bought for each job and of what was delivered from stock.

        :return: ``{job: amount}``
        """
        bought = self._get_bought_values()
        delivered = self._get_delivered_values()
        costs = dict.fromkeys(self, 0.0)
        for job, product in bought.keys() | delivered.keys():
            costs[job] += parts_cost(*bought[job, product], *delivered[job, product])
        return costs

    def _get_bought_values(self):
        """Quantity and value bought for the jobs: ``{(job, product): [quantity, value]}``.

        A bill says what its part cost, at its own date; what is received and not billed yet is
        worth its price on the order, at the day it came. A draft bill says nothing yet.
        """
        lines = self.sudo().purchase_line_ids.filtered(
            lambda line: line.state == "purchase" and not line.display_type
        )
        extra = self._get_landed_costs(lines)
        values = defaultdict(lambda: [0.0, 0.0])
        for line in lines:
            quantity, value = line._get_bought_value()
            entry = values[line.fsm_order_id, line.product_id]
            entry[0] += quantity
            entry[1] += value + extra.get(line, 0.0)
        return values

    def _get_landed_costs(self, lines):
        """Landed costs of what these purchase lines received: ``{line: amount}``."""
        if "stock.valuation.adjustment.lines" not in self.env:
            return {}
        costs = defaultdict(float)
        for adjustment in (
            self.env["stock.valuation.adjustment.lines"]
            .sudo()
            .search([("move_id.purchase_line_id", "in", lines.ids), ("cost_id.state", "=", "done")])
        ):
            costs[adjustment.move_id.purchase_line_id] += adjustment.additional_landed_cost
        return costs

    def _get_delivered_values(self):
        """Quantity and stock value delivered: ``{(job, product): [quantity, value]}``."""
        values = defaultdict(lambda: [0.0, 0.0])
        moves = (
            self.env["stock.move"]
            .sudo()
            .search(
                [
                    ("sale_line_id.fsm_order_id", "in", self.ids),
                    ("state", "=", "done"),
                    "|",
                    ("location_id.usage", "=", "customer"),
                    ("location_dest_id.usage", "=", "customer"),
                ]
            )
        )
        for move in moves:
            coming_back = move.location_id.usage == "customer"
            if coming_back and move.location_dest_id.usage == "customer":
                continue
            sign = -1 if coming_back else 1
            entry = values[move.sale_line_id.fsm_order_id, move.product_id]
            entry[0] += sign * move._get_done_quantity()
            entry[1] += sign * move._get_done_value()
        return values
