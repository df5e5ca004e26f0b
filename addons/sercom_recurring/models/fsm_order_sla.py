from odoo import api, models


class FsmOrder(models.Model):
    """The service level of a visit: its own kind of work, and due on its day."""

    _inherit = "fsm.order"

    @api.depends("fsm_recurring_id")
    def _compute_sla_policy_id(self):
        return super()._compute_sla_policy_id()

    def _get_sla_kinds(self):
        kinds = super()._get_sla_kinds()
        return kinds | {"recurring"} if self.fsm_recurring_id else kinds

    @api.model
    def _is_asked_by_order(self, vals):
        return not vals.get("fsm_recurring_id") and super()._is_asked_by_order(vals)
