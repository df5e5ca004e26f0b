from odoo import models


class ResPartner(models.Model):
    """Who is a client is invited to their pages by the office, and by nothing else."""

    _inherit = "res.partner"

    def signup_get_auth_param(self):
        # Odoo adds these to the links of each document's e-mail. People forward a quote, and with
        # it would go the right to choose the client's password.
        with_login = self.filtered(lambda partner: partner.sudo().user_ids)  # sudo: read no users
        return super(ResPartner, with_login).signup_get_auth_param()
