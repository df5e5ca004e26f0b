from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class FsmPerson(models.Model):
    _inherit = "fsm.person"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {DISPATCHER: {"truck_location_id"}})


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {"hr.group_hr_user": {"has_pickup_limit", "pickup_limit"}},
        )
