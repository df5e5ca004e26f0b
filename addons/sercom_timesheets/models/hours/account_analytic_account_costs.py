from odoo import models


class AccountAnalyticAccount(models.Model):
    """Its balance is the cost of the hours on it: not for those who only approve them."""

    _name = "account.analytic.account"
    _inherit = ["account.analytic.account", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"balance", "debit", "credit"})
