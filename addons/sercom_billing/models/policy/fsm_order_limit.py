from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER, SALES, merge_fields

READERS = (
    "sales_team.group_sale_salesman,account.group_account_invoice,fieldservice.group_fsm_manager"
)


class FsmOrder(models.Model):
    """The amount that the client authorised, what of it is used, and what is over it."""

    _inherit = "fsm.order"

    limit_amount = fields.Monetary(
        related="sale_id.limit_amount", readonly=False, related_sudo=False, groups=READERS
    )
    authorized_amount = fields.Monetary(
        compute="_compute_limit",
        compute_sudo=True,
        groups=READERS,
        help="Before taxes: not to exceed, with the change orders approved since. Jobs of one "
        "order share it.",
    )
    used_amount = fields.Monetary(
        "Amount Used",
        compute="_compute_limit",
        compute_sudo=True,
        groups=READERS,
        help="Of the authorised amount: billed, and done and not billed yet.",
    )
    authorized_left_amount = fields.Monetary(
        "Authorised Amount Left", compute="_compute_limit", compute_sudo=True, groups=READERS
    )
    unauthorized_amount = fields.Monetary(
        "Amount Not Authorised",
        compute="_compute_limit",
        compute_sudo=True,
        groups=READERS,
        help="Done on this job and over the authorised amount: not billed before the client "
        "approves it.",
    )
    limit_warning = fields.Char(compute="_compute_limit", compute_sudo=True, groups=READERS)

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, MANAGER, SALES), {"limit_amount"})
        return merge_fields(super()._get_writable_fields(), own)

    @api.depends(
        "sale_id.limit_amount",
        "sale_line_ids.order_id.limit_amount",
        "sale_line_ids.order_id.state",
        "sale_line_ids.qty_to_invoice",
        "sale_line_ids.unauthorized_quantity",
        "sale_id.order_line.qty_to_invoice",
        "sale_id.order_line.qty_invoiced",
        "timesheet_ids.billable_hours",
        "timesheet_ids.approval_state",
        "company_id.authorized_warning",
    )
    def _compute_limit(self):
        limiting = {job: job._get_limiting_order() for job in self}
        limits = self.env["sale.order"].union(*limiting.values())._get_limits()
        used = {order: order._get_used_amount() for order in limits}
        for job in self:
            order = limiting[job]
            limit = limits.get(order, 0.0)
            job.authorized_amount = limit
            job.used_amount = used.get(order, 0.0)
            job.authorized_left_amount = limit - job.used_amount if limit else 0.0
            job.unauthorized_amount = job.sale_line_ids._get_unauthorized_amount() if limit else 0.0
            job.limit_warning = job._get_limit_warning()

    def _get_limiting_order(self):
        """The order whose limit counts for this one job: that of its lines, or its own."""
        orders = self.sale_id.union(*(line._get_limiting_order() for line in self.sale_line_ids))
        limited = (orders & self.sale_line_ids.order_id).filtered("limit_amount")
        return self.sale_id if self.sale_id in limited or not limited else limited[:1]

    def _get_limit_warning(self):
        """What to tell of this one job whose amount is limited; may be empty."""
        limit, used = self.authorized_amount, self.used_amount
        if not limit or not used:
            return False
        money = self._get_limiting_order().currency_id
        if money.compare_amounts(used, limit) > 0:
            return self.env._(
                "%(over)s over the %(authorized)s that the client authorised, before taxes. It is "
                "not billed before the client approves it.",
                over=money.format(used - limit),
                authorized=money.format(limit),
            )
        share = self.company_id.authorized_warning
        if share and used >= limit * share / 100:
            return self.env._(
                "%(left)s is left of the %(authorized)s that the client authorised, before taxes. "
                "Ask before going on past it.",
                left=money.format(limit - used),
                authorized=money.format(limit),
            )
        return False

    def _check_can_invoice(self):
        super()._check_can_invoice()
        for job in self:
            job.sale_line_ids._check_is_within_limit()

    # A change order for more

    def _prepare_change_order_vals(self):
        vals = super()._prepare_change_order_vals()
        if self.sudo().authorized_amount:  # sudo: asked for by whoever sees the hours
            vals["limit_amount"] = self._get_missing_amount()
        return vals

    def _prepare_change_line_vals(self, line, hours):
        if self._is_asked_for_hours():
            return super()._prepare_change_line_vals(line, hours)
        # Billed as worked and used: nothing more is sold, the client agrees to a higher amount.
        return {
            "display_type": "line_note",
            "name": line.env._(
                "%(job)s goes on past the amount that you authorised, before taxes. It is billed "
                "as it is worked and used.",
                job=self.name,
            ),
        }

    def _is_asked_for_hours(self):
        # sudo: asked for by whoever sees the hours
        job = self.sudo()
        if not job.authorized_amount:
            return super()._is_asked_for_hours()
        if job.is_capped:
            return job.unauthorized_hours > 0
        is_by_hours = any(line._is_billed_by_hours() for line in job.sale_line_ids)
        return not is_by_hours and job.worked_hours > job.sold_hours

    def _get_missing_amount(self):
        """Amount of this one job over the authorised one, of its hours that wait too."""
        job = self.sudo()  # sudo: asked for by whoever sees the hours
        more = 0.0
        if job.unauthorized_hours and (line := job._get_billing_line()):
            more = line._convert_hours(job.unauthorized_hours) * line._get_price_to_bill()
        money = job._get_limiting_order().currency_id
        return max(money.round(more - job.authorized_left_amount), 0.0)
