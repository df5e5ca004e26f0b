from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_kept_reason(self):
        reason = super()._get_kept_reason()
        # sudo: who sells an order may not read its jobs
        if not reason and (jobs := self.sudo().fsm_order_ids):
            return self.env._(
                "%(order)s has jobs: %(jobs)s.",
                order=self.name,
                jobs=", ".join(jobs.mapped("name")),
            )
        return reason
