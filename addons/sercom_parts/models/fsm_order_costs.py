from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

from ..tools.parts import parts_cost


class FsmOrder(models.Model):
    """What the job's parts and purchases cost, in the company's currency."""

    _inherit = "fsm.order"

    purchase_cost = fields.Monetary(
        "Parts and Purchases",
        compute="_compute_margin",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=MARGIN_GROUPS,
        help="What was bought for the job (billed, or received and not billed yet), and the "
        "stock value of other parts delivered to it. Each part counts once.",
    )

    @api.depends(
        "purchase_line_ids.qty_received",
        "purchase_line_ids.price_unit",
        "purchase_line_ids.state",
        "purchase_line_ids.invoice_lines.balance",
        "purchase_line_ids.invoice_lines.parent_state",
    )
    def _compute_margin(self):
        return super()._compute_margin()

    def _get_margin_costs(self):
        costs = super()._get_margin_costs()
        for job, cost in self._origin._get_parts_costs().items():
            costs.setdefault(job, {})["purchase"] = cost
        return costs

    def _assign_costs(self, costs):
        super()._assign_costs(costs)
        for job in self:
            job.purchase_cost = costs.get(job._origin, {}).get("purchase", 0.0)

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
        # sudo: the field's groups say who reads costs
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
            .sudo()  # sudo: the field's groups say who reads costs
            .search([("move_id.purchase_line_id", "in", lines.ids), ("cost_id.state", "=", "done")])
        ):
            costs[adjustment.move_id.purchase_line_id] += adjustment.additional_landed_cost
        return costs

    def _get_delivered_values(self):
        """Quantity and stock value delivered: ``{(job, product): [quantity, value]}``."""
        values = defaultdict(lambda: [0.0, 0.0])
        moves = (
            self.env["stock.move"]
            .sudo()  # sudo: the field's groups say who reads costs
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
