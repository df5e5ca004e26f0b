from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.policy.policies import BY_HOURS, CAPPED, POLICIES, SOLD

AUTHORIZING_FIELDS = frozenset(
    {"billing_policy", "fsm_order_id", "product_id", "product_uom_id", "product_uom_qty"}
)


class SaleOrderLine(models.Model):
    """How the hours of a line are billed: as sold, as worked, or as worked up to a limit.

    The line's own policy counts, then its job's, its service's, the company's; where none says
    one, Odoo's invoicing policy of the service does. A line that bills hours delivers the
    billable ones, not those of the clock.
    """

    _inherit = "sale.order.line"

    billing_policy = fields.Selection(
        POLICIES,
        "Hours Billed",
        help="Empty: as the job, the service or the company says.",
    )
    effective_billing_policy = fields.Selection(
        POLICIES,
        "Hours Are Billed",
        compute="_compute_effective_billing_policy",
        store=True,
        precompute=True,
        copy=False,
        help="Empty: as Odoo's invoicing policy of the service says.",
    )

    # Not of the product nor the company: jobs that are closed stay as they were.
    @api.depends(
        "billing_policy",
        "fsm_order_id.billing_policy",
        "product_id",
        "product_uom_id",
        "display_type",
        "is_downpayment",
    )
    def _compute_effective_billing_policy(self):
        for line in self:
            policy = False
            if line._is_labour():
                policy = (
                    line.billing_policy
                    # sudo: how it is billed, whoever may open the job
                    or line.sudo().fsm_order_id.billing_policy
                    or line.product_id.billing_policy
                    or line.company_id.billing_policy
                )
            line.effective_billing_policy = policy

    def _is_labour(self):
        """Whether this one line sells hours of work on a job: by time, or followed by it."""
        self.ensure_one()
        if not self.fsm_order_id or self.display_type or self.is_downpayment or self.is_expense:
            return False
        if self.product_id.type != "service":
            return False
        hour = self.env["uom.uom"]._get_hour()
        return bool(
            self.product_id._is_delivered_timesheet()
            or self.product_uom_id._has_common_reference(hour)
        )

    @api.depends("effective_billing_policy")
    def _compute_qty_delivered_method(self):
        res = super()._compute_qty_delivered_method()
        for line in self:
            if line.effective_billing_policy in BY_HOURS:
                line.qty_delivered_method = "timesheet"
        return res

    @api.depends("analytic_line_ids.billable_hours", "effective_billing_policy")
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _prepare_qty_delivered(self):
        own = self.filtered(lambda line: line._is_billed_by_hours())
        delivered = super(SaleOrderLine, self - own)._prepare_qty_delivered()
        if not own:
            return delivered
        domain = Domain(own._timesheet_compute_delivered_quantity_domain())
        domain &= Domain("so_line", "in", own._origin.ids)
        # sudo: whoever's hours they are
        Timesheet = self.env["account.analytic.line"].sudo()
        groups = Timesheet._read_group(domain, ["so_line"], ["billable_hours:sum"])
        hours = {line.id: billable for line, billable in groups}
        for line in own:
            delivered[line] = line._convert_hours(hours.get(line._origin.id, 0.0))
        return delivered

    # What is left, where the policy is not Odoo's

    def _is_policy_ruling(self):
        """Whether this one line's own policy says what of it is billed."""
        # sudo: billing is done whoever may open the job
        return bool(
            self.effective_billing_policy
            and self.state == "sale"
            and not self.order_id.is_billed_as_sold
            and self.sudo().fsm_order_id.state != "cancelled"
        )

    def _get_quantity_by_policy(self):
        """How much of this one line is billed in all."""
        is_sold = self.effective_billing_policy == SOLD
        return self.product_uom_qty if is_sold else self.qty_delivered

    @api.depends("effective_billing_policy")
    def _compute_qty_to_invoice(self):
        return super()._compute_qty_to_invoice()

    def _get_left_to_bill(self):
        if not self._is_policy_ruling():
            return super()._get_left_to_bill()
        return self._get_quantity_by_policy() - self.qty_invoiced

    def _is_billed_by_hours(self):
        self.ensure_one()
        if self.effective_billing_policy and not self.order_id.is_billed_as_sold:
            return self.effective_billing_policy in BY_HOURS
        return super()._is_billed_by_hours()

    def _get_policy_difference(self):
        """How much more of this one line is billed by its own policy than by Odoo's."""
        if not self._is_policy_ruling():
            return 0.0
        is_delivery = self.product_id.invoice_policy == "delivery"
        by_odoo = self.qty_delivered if is_delivery else self.product_uom_qty
        return self._get_quantity_by_policy() - by_odoo

    @api.depends("effective_billing_policy")
    def _compute_untaxed_amount_to_invoice(self):
        res = super()._compute_untaxed_amount_to_invoice()
        for line in self:
            if more := line._get_policy_difference():
                line.untaxed_amount_to_invoice += more * line.price_reduce_taxexcl
        return res

    @api.depends("effective_billing_policy")
    def _compute_amount_to_invoice(self):
        res = super()._compute_amount_to_invoice()
        for line in self:
            if more := line._get_policy_difference():
                line.amount_to_invoice += more * line.price_reduce_taxinc
        return res

    @api.depends("effective_billing_policy")
    def _compute_invoice_status(self):
        res = super()._compute_invoice_status()
        for line in self:
            # Hours over those ordered are billed: there is nothing left to sell.
            if line.invoice_status == "upselling" and line._is_billed_by_hours():
                line.invoice_status = "invoiced"
        return res

    # Changes

    @api.model
    def _get_open_lines_domain(self):
        """Lines of jobs that are not closed: they follow a change of their service or company."""
        return Domain("fsm_order_id", "!=", False) & Domain(
            "fsm_order_id.state", "not in", ("done", "cancelled")
        )

    def _follow_policy(self):
        """Bill these lines by the policy that counts from now on; what is billed stays billed."""
        before = self._get_policies()
        names = (
            *("effective_billing_policy", "qty_delivered_method", "qty_delivered"),
            *("qty_to_invoice", "invoice_status"),
        )
        for name in names:
            self.env.add_to_compute(self._fields[name], self)
        self._reckon_changed_policies(before)
        self._sync_ledger()

    def _get_policies(self):
        """``{line: policy}``, to know later which changed."""
        return {line: line.effective_billing_policy for line in self}

    @api.model
    def _reckon_changed_policies(self, before):
        """Make billable what the policies that count now say of the hours of the lines.

        :param dict before: ``_get_policies`` before the change
        """
        changed = self.union(
            *(line for line, policy in before.items() if line.effective_billing_policy != policy)
        )
        # sudo: the hours follow how they are billed, whoever changes it
        hours = changed.sudo().timesheet_ids
        hours._reckon(hours)

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "billing_policy" in vals:
            before["billing_policy"] = {line: line.billing_policy for line in self}
        if not AUTHORIZING_FIELDS.isdisjoint(vals):
            # Of those that get a job only now, the job's hours find their line by themselves.
            before["policies"] = self.filtered("fsm_order_id")._get_policies()
            before["capped_jobs"] = self._get_capped_jobs()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not AUTHORIZING_FIELDS.isdisjoint(vals):
            self.browse()._reckon_changed_policies(before["policies"])
        if "billing_policy" in vals:
            self._sync_ledger()
            self._log_policies(before["billing_policy"])
        if not AUTHORIZING_FIELDS.isdisjoint(vals):
            (before["capped_jobs"] | self._get_capped_jobs())._follow_authorization()

    def _after_create(self):
        super()._after_create()
        self._get_capped_jobs()._follow_authorization()

    def _get_capped_jobs(self):
        # sudo: the hours follow what is authorised, whoever sells it
        lines = self.sudo()
        return lines.filtered(lambda line: line.effective_billing_policy == CAPPED).fsm_order_id

    def _log_policies(self, before):
        """Tell the orders' chatters how the hours of these lines are billed from now on."""
        labels = dict(self._fields["billing_policy"]._description_selection(self.env))
        nothing = self.env._("as the job or the service says")
        for line, old in before.items():
            if line.billing_policy != old:
                line.order_id._message_log(
                    body=self.env._(
                        "Hours of “%(line)s” are billed: %(old)s → %(new)s",
                        line=line.name,
                        old=labels.get(old, nothing),
                        new=labels.get(line.billing_policy, nothing),
                    )
                )
