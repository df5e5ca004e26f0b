from odoo import models


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    def _prepare_order_vals(self):
        # The job has its own policy: nothing was promised before it.
        return {**super()._prepare_order_vals(), "sla_policy_id": False}
