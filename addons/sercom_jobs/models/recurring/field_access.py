from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import OFFICE, merge_fields


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {OFFICE: {"is_recurrence_changed"}})
