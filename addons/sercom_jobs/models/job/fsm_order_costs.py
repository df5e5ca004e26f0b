from odoo import api, fields, models

from .sercom_cost_mixin import TECHNICIAN_ROLE

MARGIN_GROUPS = f"account.group_account_invoice,fieldservice.group_fsm_manager,!{TECHNICIAN_ROLE}"


class FsmOrder(models.Model):
    """What the job cost and what is left of what it sold, in the company's currency."""

    _name = "fsm.order"
    _inherit = ["fsm.order", "sercom.cost.mixin"]

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
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
    )
    def _compute_margin(self):
        costs = self._get_margin_costs()
        revenues = self._get_margin_revenues()
        self._assign_costs(costs)
        for job in self:
            job.margin = revenues[job] - sum(costs.get(job._origin, {}).values())

    def _get_margin_costs(self):
        """Hook: costs of each job, extended by what adds a kind of cost, such as labour or parts.

        :return: ``{job: {kind of cost: amount}}``, in the company's currency
        """
        return {job: {} for job in self._origin}

    def _assign_costs(self, costs):
        """Hook: keep the costs that the margin was reckoned with in fields of their own.

        :param dict costs: ``_get_margin_costs``
        """

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
