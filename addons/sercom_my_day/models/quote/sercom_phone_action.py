from odoo import api, models


class SercomPhoneAction(models.Model):
    """Quotes signed or declined on site, in the words of who decides about late ones."""

    _inherit = "sercom.phone.action"

    @api.model
    def _get_kind_names(self):
        return {
            **super()._get_kind_names(),
            "quote": self.env._("Quote signed"),
            "quote_declined": self.env._("Quote declined"),
        }

    @api.model
    def _get_content_names(self):
        return {**super()._get_content_names(), "total_text": self.env._("Price signed")}
