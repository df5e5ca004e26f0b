from odoo import api, models


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    @api.model
    def _get_approved_summary(self, record, partner):
        return self.env._("%(client)s approved %(quote)s", client=partner.name, quote=record.name)

    @api.model
    def _get_refused_summary(self, record, partner):
        return self.env._("%(client)s refused %(quote)s", client=partner.name, quote=record.name)

    @api.model
    def _get_opened_summary(self, record, partner):
        return self.env._("%(client)s opened %(quote)s", client=partner.name, quote=record.name)
