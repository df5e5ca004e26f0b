from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import SALES, merge_fields


class ResPartner(models.Model):
    """Who of a client's people reads what they pay, and who only of the visits."""

    _name = "res.partner"
    _inherit = ["res.partner", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    is_site_contact = fields.Boolean(
        "Met on Site Only",
        copy=False,
        help="A tenant or caretaker: follows the visits they are named on, and reads no quotes, "
        "invoices and messages of the client.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SALES: {"is_site_contact"}})

    @api.private
    def signup_get_auth_param(self):
        # OVERRIDE auth_signup: where people may sign up by themselves, each e-mail of a document
        # would open its client's account to whoever it is forwarded to. A link opens its document;
        # accounts are given by *Grant portal access*.
        found = super().signup_get_auth_param()
        for params in found.values():
            params.pop("auth_signup_token", None)
        return found


class PortalWizardUser(models.TransientModel):
    _inherit = "portal.wizard.user"

    def action_grant_access(self):
        # An account of Odoo's portal reads the quotes and invoices of the whole company.
        self.ensure_one()
        if self.partner_id.is_site_contact and self.partner_id.parent_id:
            raise UserError(
                self.env._(
                    "%s is met on site only: the links of our e-mails show them their visits. Take "
                    "“Met on Site Only” off the contact to let them read all of the client.",
                    self.partner_id.name,
                )
            )
        return super().action_grant_access()
