from odoo import models


class AccountAnalyticLine(models.Model):
    """Supervisors approve hours without reading what they cost."""

    _name = "account.analytic.line"
    _inherit = ["account.analytic.line", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"amount"})

    def copy_data(self, default=None):
        # What an hour on a job costs is reckoned anew: who may not read it duplicates the line too.
        given = default or {}
        hides = self._hides_labour_costs()
        lines = self.sudo()  # sudo: only to go past the cost, which is then left out
        source = lines if hides else self
        return [
            {
                name: value
                for name, value in vals.items()
                if name in given or self._is_copied(line, name, hides)
            }
            for line, vals in zip(
                lines, super(AccountAnalyticLine, source).copy_data(default), strict=True
            )
        ]

    def _is_copied(self, line, name, hides):
        """Whether a duplicate carries this field of a line, given in sudo."""
        if name == "amount" and line.fsm_order_id:
            return False
        return not hides or self._has_field_access(self._fields[name], "write")
