from odoo import models
from odoo.exceptions import UserError

from ...tools.policy.policies import ACTUAL, CAPPED, LOOSENESS, SOLD

# What makes the policy of a line.
POLICY_FIELDS = frozenset({"billing_policy", "fsm_order_id", "product_id", "product_uom_id"})


class SaleOrderLine(models.Model):
    """Once the client agreed, who sells does not have more billed than was agreed to.

    What is not to exceed turned into what was sold, and that into what was worked, takes a change
    order, or those who release what is billed: accountants and managers.
    """

    _inherit = "sale.order.line"

    def _get_looseness(self):
        """How little holds what is billed of this one line: 0 for a limit, 2 for nothing."""
        policy = self.effective_billing_policy
        return LOOSENESS[policy or (ACTUAL if self._is_billed_by_hours() else SOLD)]

    def _get_agreed_looseness(self):
        """``{line: looseness}``, in sudo, of those of these lines that the client agreed to.

        Nothing for those who release what is billed.
        """
        if self.env.su or self.env["account.analytic.line"]._may_decide():
            return {}
        # sudo: whoever changes how it is billed
        lines = self.sudo().filtered(lambda line: line.fsm_order_id and not line.display_type)
        return {
            line: line._get_looseness()
            for line in lines
            if line._get_limiting_order()._is_agreed_to()
        }

    def _check_not_loosened(self, before):
        """:raises UserError: naming the line that more would be billed of, and the way out

        :param dict before: ``_get_agreed_looseness`` before the change
        """
        labels = dict(self._fields["effective_billing_policy"]._description_selection(self.env))
        names = {rank: policy for policy, rank in LOOSENESS.items()}
        for line, rank in before.items():
            if line._get_looseness() > rank:
                raise UserError(
                    self.env._(
                        "The client of %(order)s agreed to “%(line)s” billed like this: "
                        "%(policy)s. Ask them with a change order, or have an accountant or a "
                        "manager change it.",
                        order=line.order_id.name,
                        line=line.name,
                        policy=labels[names[rank]],
                    )
                )

    def _check_new_not_loose(self):
        """Refuse lines by the hour, with no limit, of jobs whose hours have one."""
        added = self._get_agreed_looseness()
        if not added:
            return
        for line, rank in added.items():
            others = line.fsm_order_id.sale_line_ids - self.sudo()  # sudo: as these
            if rank > LOOSENESS[CAPPED] and line._is_billed_by_hours() and not others._is_open():
                self._check_not_loosened({line: LOOSENESS[CAPPED]})

    def _is_open(self):
        """Whether some of these lines bills hours without a limit, or none has one."""
        policies = [line.effective_billing_policy for line in self]
        return CAPPED not in policies or any(
            line._is_billed_by_hours() and line.effective_billing_policy != CAPPED for line in self
        )

    def _after_create(self):
        super()._after_create()
        self._check_new_not_loose()

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not POLICY_FIELDS.isdisjoint(vals):
            before["looseness"] = self._get_agreed_looseness()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "looseness" in before:
            self._check_not_loosened(before["looseness"])
