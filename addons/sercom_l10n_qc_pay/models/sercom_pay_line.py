from odoo import models

from .sercom_pay_sheet import CALL_IN


class SercomPayLine(models.Model):
    _inherit = "sercom.pay.line"

    def _compute_name(self):
        super()._compute_name()
        for line in self:
            if line.source and line.source.startswith(CALL_IN):
                line.name = self.env._("Three hours' pay · %s", line.name)
