import base64

from odoo import api, models


class SercomWebRequest(models.Model):
    _inherit = "sercom.web.request"

    @api.model
    def _send_thanks(self, lead, partner):
        company = lead.company_id or self.env.company
        if self.env["sercom.client.message"]._is_sent("request", company):
            super()._send_thanks(lead, partner)


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    def _encode_visit(self, event):
        """Calendar file of a visit of this one file, as e-mails carry it."""
        return base64.b64encode(event._get_client_calendar(self))
