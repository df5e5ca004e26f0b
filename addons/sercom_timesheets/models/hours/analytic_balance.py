from odoo import api, models

from .sercom_labour_cost_mixin import COST_READERS


class SercomAnalyticBalanceMixin(models.AbstractModel):
    """Balances of analytic accounts: what the hours of a project cost, all together or by day.

    Odoo shows them to every employee. Beside those who may read what an hour costs, only the
    people who run projects keep them.
    """

    _name = "sercom.analytic.balance.mixin"
    _inherit = "sercom.labour.cost.mixin"
    _description = "Record with an analytic balance"

    @api.model
    def _hides_labour_costs(self):
        if super()._hides_labour_costs():
            return True
        readers = (*COST_READERS, "project.group_project_manager")
        return not self.env.su and not any(map(self.env.user.has_group, readers))


class AccountAnalyticAccount(models.Model):
    _name = "account.analytic.account"
    _inherit = ["account.analytic.account", "sercom.analytic.balance.mixin"]
    _labour_cost_fields = frozenset({"balance", "debit", "credit"})


class ProjectProject(models.Model):
    _name = "project.project"
    _inherit = ["project.project", "sercom.analytic.balance.mixin"]
    _labour_cost_fields = frozenset({"analytic_account_balance"})
