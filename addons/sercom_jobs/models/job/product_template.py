from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sercom_cost_mixin import COST_GROUPS


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "sercom.cost.mixin"]

    standard_price = fields.Float(groups=COST_GROUPS)

    @api.onchange("field_service_tracking")
    def _onchange_field_service_tracking(self):
        # A job is planned and billed in field service; a task beside it would be a second truth.
        if self.field_service_tracking not in (False, "no"):
            self.service_tracking = "no"
        return super()._onchange_field_service_tracking()

    @api.constrains("field_service_tracking", "service_tracking")
    def _check_single_service_tracking(self):
        for product in self:
            if product.field_service_tracking in (False, "no"):
                continue
            if product.service_tracking not in (False, "no"):
                raise ValidationError(
                    self.env._(
                        "%s would make both a job and a task. Choose one of the two.",
                        product.display_name,
                    )
                )
