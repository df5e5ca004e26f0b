from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def signup_get_auth_param(self):
        # OVERRIDE auth_signup: where people may sign up by themselves, each e-mail of a document
        # would open its client's account to whoever it is forwarded to. A link opens its document;
        # accounts are given by *Grant portal access*.
        found = super().signup_get_auth_param()
        for params in found.values():
            params.pop("auth_signup_token", None)
        return found
