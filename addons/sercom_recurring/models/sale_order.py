from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.actions import window_action


class SaleOrder(models.Model):
    """An order that the visits of one period share, and the way from a quote to a recurring job."""

    _inherit = "sale.order"

    fsm_recurring_id = fields.Many2one(
        "fsm.recurring",
        string="Recurring Job",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
        help="Recurring job whose visits of one period this order bills.",
    )
    recurring_period = fields.Date(
        "Period From", copy=False, readonly=True, help="First day of the period that is billed."
    )
    is_recurring_source = fields.Boolean(compute="_compute_is_recurring_source", compute_sudo=True)

    _recurring_period_uniq = models.UniqueIndex(
        "(fsm_recurring_id, recurring_period) WHERE recurring_period IS NOT NULL "
        "AND state != 'cancel'",
        "This period of the recurring job already has an order.",
    )

    @api.depends("fsm_recurring_id", "fsm_order_ids.fsm_recurring_id")
    def _compute_is_recurring_source(self):
        for order in self:
            order.is_recurring_source = bool(
                order.fsm_recurring_id or order.fsm_order_ids.fsm_recurring_id
            )

    def _plan_jobs(self, hours):
        # The price of a period is no visit's, and makes none.
        plans = []
        for plan, lines in super()._plan_jobs(hours):
            left = lines.filtered(lambda line: not line._is_period_price())
            if left or not lines:
                plans.append((plan, left))
        return plans

    def _takes_next_visits(self):
        return super()._takes_next_visits() and not self.recurring_period

    def action_make_recurring(self):
        """Make a recurring job from each of these orders; a quote is confirmed first.

        The order's own job is the first visit.

        :return: window action of the recurring jobs found or made
        """
        return self._convert("recurring")

    def _find_recurring(self):
        return {
            order: found
            for order in self
            # sudo: seen or not by this user, one made is not made again
            if (found := order.sudo().fsm_order_ids.fsm_recurring_id.sudo(False))
        }

    def _make_recurring(self):
        jobs = {order: found[:1] for order, found in {**self._make_job()}.items()}
        made = self.env["fsm.order"].union(*jobs.values())._make_recurring()
        return {order: made[job] for order, job in jobs.items()}

    def action_view_recurring(self):
        """Open the recurring job that this one order bills, or that was made from it."""
        self.ensure_one()
        # sudo: the link alone; the user's rights open it
        recurring = self.fsm_recurring_id | self.sudo().fsm_order_ids.fsm_recurring_id
        return window_action(recurring.sudo(False))
