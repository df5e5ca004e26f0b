from odoo import models

from odoo.addons.sercom_requests.tools.actions import window_action

# More jobs than this are billed in the background.
AT_ONCE = 40


class SercomBillTogether(models.TransientModel):
    _inherit = "sercom.bill.together"

    def _bill(self, jobs):
        if len(jobs) <= AT_ONCE:
            return super()._bill(jobs)
        return window_action(self.env["sercom.billing.run"]._start(jobs, is_together=True))
