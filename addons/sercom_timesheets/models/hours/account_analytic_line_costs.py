from odoo import models


class AccountAnalyticLine(models.Model):
    """Supervisors approve hours without reading what they cost."""

    _name = "account.analytic.line"
    _inherit = ["account.analytic.line", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"amount"})
