from odoo import api, models


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    @api.model
    def _after_asked_again(self, lead, partner):
        res = super()._after_asked_again(lead, partner)
        self.env["sercom.web.request"]._send_thanks(lead, partner)
        return res
