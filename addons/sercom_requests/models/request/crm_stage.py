from odoo import api, fields, models

from ...tools.field_access import EMPLOYEE, merge_fields


class CrmStage(models.Model):
    _name = "crm.stage"
    _inherit = ["crm.stage", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    is_service_qualified = fields.Boolean(
        "Qualified Service Request",
        help="A service request enters this stage only with its need, site and time window.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"is_service_qualified"}})

    @api.model
    def _set_up_service_qualified(self):
        """Have Odoo's own stage "Qualified", when the company kept it, ask for qualification."""
        stage = self.env.ref("crm.stage_lead2", raise_if_not_found=False)
        if stage:
            stage.is_service_qualified = True
