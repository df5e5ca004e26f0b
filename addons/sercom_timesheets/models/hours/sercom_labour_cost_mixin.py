from odoo import api, models
from odoo.exceptions import AccessError

FIELD_SERVICE = "fieldservice.group_fsm_user_own"
# Who may read what an hour costs.
COST_READERS = (
    "account.group_account_readonly",
    "account.group_account_invoice",
    "fieldservice.group_fsm_manager",
    "hr_timesheet.group_timesheet_manager",
)


class SercomLabourCostMixin(models.AbstractModel):
    """Lines whose amounts are what people earn: for accountants and managers only.

    Technicians, estimators and dispatchers read and approve hours without them. Users who have
    nothing to do with field service keep what Odoo gives them.
    """

    _name = "sercom.labour.cost.mixin"
    _inherit = "sercom.cost.mixin"
    _description = "Record with labour costs"
    _labour_cost_fields = frozenset()

    @api.model
    def _hides_labour_costs(self):
        return (
            not self.env.su
            and self.env.user.has_group(FIELD_SERVICE)
            and not self._reads_labour_costs()
        )

    @api.model
    def _reads_labour_costs(self):
        return any(map(self.env.user.has_group, COST_READERS))

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:
            return True
        return super()._has_field_access(field, operation) and not (
            field.name in self._labour_cost_fields and self._hides_labour_costs()
        )

    @api.model
    def _check_field_access(self, field, operation):
        if self.env.su:
            return None
        if field.name in self._labour_cost_fields and not self._has_field_access(field, operation):
            raise AccessError(
                self.env._("«%s» is for accountants and managers. Ask one of them.", field.string)
            )
        return super()._check_field_access(field, operation)

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        view = super().get_view(view_id, view_type, **options)
        if self._hides_labour_costs():
            view["arch"] = self._strip_costs(view["arch"])
        return view
