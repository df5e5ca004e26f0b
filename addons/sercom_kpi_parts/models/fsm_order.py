from odoo import models


class FsmOrder(models.Model):
    """Parts that are bought or delivered are in the job's costs: no longer to come."""

    _inherit = "fsm.order"

    def _get_parts_there(self):
        bought, delivered = self._origin._get_bought_values(), self._origin._get_delivered_values()
        return {
            key: max(bought[key][0], delivered[key][0]) for key in bought.keys() | delivered.keys()
        }
