from odoo import api, models

from .sercom_labour_cost_mixin import FIELD_SERVICE

PROJECT_MANAGER = "project.group_project_manager"


class ProjectProject(models.Model):
    """The balance of the service project is what everybody's hours cost, day by day.

    Odoo reckons it as superuser, for whoever may open the project: every employee. It is for
    those who read labour costs, and for managers of projects outside field service.
    """

    _name = "project.project"
    _inherit = ["project.project", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"analytic_account_balance"})

    @api.model
    def _hides_labour_costs(self):
        user = self.env.user
        if self.env.su or user.has_group(FIELD_SERVICE) or user.has_group(PROJECT_MANAGER):
            return super()._hides_labour_costs()
        return not self._reads_labour_costs()
