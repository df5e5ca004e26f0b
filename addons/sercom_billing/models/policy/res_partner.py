from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER, merge_fields

from ...tools.policy.rounding import RoundingRule
from .res_company import DIRECTIONS

READERS = "account.group_account_invoice,fieldservice.group_fsm_manager"


class ResPartner(models.Model):
    """How hours are rounded for a client who agreed to something else than the company's rule."""

    _name = "res.partner"
    _inherit = ["res.partner", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    has_billing_rule = fields.Boolean(
        "Rounding Agreed",
        company_dependent=True,
        groups=READERS,
        help="This client's hours are rounded as agreed with them, and not as the company does. "
        "It counts for all their sites and contacts.",
    )
    agreed_increment = fields.Integer(
        "Agreed Increment (minutes)",
        company_dependent=True,
        groups=READERS,
        help="Hours are billed by steps of so many minutes; 0: as worked.",
    )
    agreed_direction = fields.Selection(
        DIRECTIONS, "Agreed Rounding", company_dependent=True, groups=READERS
    )
    agreed_minimum = fields.Float(
        "Agreed Minimum (hours)",
        company_dependent=True,
        groups=READERS,
        help="Less than that is billed as that; 0 for none.",
    )
    agreed_grace = fields.Integer(
        "Agreed Grace (minutes)",
        company_dependent=True,
        groups=READERS,
        help="So many minutes past a step are not rounded up to the next one.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"has_billing_rule", "agreed_increment", "agreed_direction", "agreed_minimum"}
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((BILLING, MANAGER), own | {"agreed_grace"}),
        )

    @api.constrains("agreed_increment", "agreed_minimum", "agreed_grace")
    def _check_agreed_rule(self):
        # sudo: whoever writes the client
        for partner in self.sudo():
            if min(partner.agreed_increment, partner.agreed_minimum, partner.agreed_grace) < 0:
                raise ValidationError(
                    self.env._(
                        "The rounding agreed with %s cannot be below zero. Type 0 for none.",
                        partner.display_name,
                    )
                )

    def _get_agreed_rounding(self):
        """Rule agreed with this one client in the current company; ``None`` where there is none."""
        if not self.has_billing_rule:
            return None
        return RoundingRule(
            self.agreed_increment,
            self.agreed_direction or "up",
            self.agreed_minimum,
            self.agreed_grace,
            is_agreed=True,
        )
