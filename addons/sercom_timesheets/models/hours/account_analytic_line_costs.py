from odoo import models


class AccountAnalyticLine(models.Model):
    """Supervisors approve hours without reading what they cost."""

    _name = "account.analytic.line"
    _inherit = ["account.analytic.line", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"amount"})

    def copy_data(self, default=None):
        # What an hour costs is reckoned anew: who may not read it may duplicate the line.
        if not self._hides_labour_costs():
            return super().copy_data(default)
        lines = self.sudo()  # sudo: only to go past the cost, which is then left out
        return [
            {
                name: value
                for name, value in vals.items()
                if name in (default or {}) or self._has_field_access(self._fields[name], "write")
            }
            for vals in super(AccountAnalyticLine, lines).copy_data(default)
        ]
