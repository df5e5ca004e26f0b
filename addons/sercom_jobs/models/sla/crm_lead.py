from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _after_quote_skipped(self, order):
        super()._after_quote_skipped(order)
        # No quote to wait for: the client has waited since the request.
        # sudo: noted, never told
        order.sudo().sla_asked_on = self.create_date.replace(microsecond=0)
