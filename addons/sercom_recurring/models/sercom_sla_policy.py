from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class SercomSlaPolicy(models.Model):
    _inherit = "sercom.sla.policy"

    is_recurring = fields.Boolean(
        "Recurring Jobs", help="Only for the visits of a recurring job, such as maintenance."
    )

    def _get_kinds(self):
        kinds = super()._get_kinds()
        return kinds | {"recurring"} if self.is_recurring else kinds

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"is_recurring"}})
