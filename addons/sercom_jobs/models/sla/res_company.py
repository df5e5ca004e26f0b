from odoo import models
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        res = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env["fsm.order"]._recompute_sla(
                Domain("company_id", "in", self.ids)
                & Domain("sla_policy_id.calendar_id", "=", False)
            )
        return res
