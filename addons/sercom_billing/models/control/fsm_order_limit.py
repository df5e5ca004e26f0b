from odoo import api, models
from odoo.fields import Domain


class FsmOrder(models.Model):
    """Ready to bill: what is over the amount that the client authorised."""

    _inherit = "fsm.order"

    @api.depends("sale_line_ids.unauthorized_quantity")
    def _compute_billing(self):
        return super()._compute_billing()

    def _get_reasons_to_decide(self, facts):
        reasons = super()._get_reasons_to_decide(facts)
        if self.unauthorized_amount:
            amount = self.currency_id.format(self.unauthorized_amount)
            reasons.append(self.env._("%s not authorised", amount))
        return reasons

    @api.model
    def _get_ready_domains(self):
        over = Domain("sale_line_ids.unauthorized_quantity", ">", 0)
        return [*super()._get_ready_domains(), over]
