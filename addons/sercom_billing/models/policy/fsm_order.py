from odoo import fields, models

from ...tools.policy.policies import POLICIES


class FsmOrder(models.Model):
    """How the job's hours are billed; each person's hours go on the line of their rate."""

    _inherit = "fsm.order"

    billing_policy = fields.Selection(
        POLICIES,
        "Hours Billed",
        tracking=True,
        help="Empty: as each line, its service or the company says.",
    )

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "billing_policy" in vals:
            # sudo: the lines follow, whoever changes how the job is billed
            lines = self.sudo().sale_line_ids
            before["line_policies"] = lines._get_policies()
            before["looseness"] = lines.sudo(self.env.su)._get_agreed_looseness()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "billing_policy" in vals:
            self.env["sale.order.line"]._check_not_loosened(before["looseness"])
            # sudo: the ledger follows, whoever changes how the job is billed
            jobs = self.sudo()
            jobs.sale_line_ids.browse()._reckon_changed_policies(before["line_policies"])
            jobs._follow_authorization()
            jobs.sale_line_ids._sync_ledger()

    def _filter_lines_of(self, lines, employee):
        # Those of other rates are found by way of the line that they were made for.
        lines = super()._filter_lines_of(lines - lines.filtered("billing_band_id"), employee)
        # Where a policy bills hours, they go on what bills them, and not on what is sold.
        by_policy = lines.filtered("effective_billing_policy")
        by_hours = by_policy.filtered(lambda line: line._is_billed_by_hours())
        if by_hours:
            lines -= by_policy - by_hours
        rates = lines.filtered(
            lambda line: line._is_billed_by_hours() and line.product_id.rate_position_ids
        )
        if not rates or not employee:
            return lines
        # sudo: the position decides, whoever writes the hours
        position = employee.sudo().job_id
        own = rates.filtered(lambda line: position in line.product_id.rate_position_ids)
        if own:
            return own
        return lines - rates or lines
