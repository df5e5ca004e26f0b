from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    is_call_in_exempt = fields.Boolean(
        "No Three Hours' Pay",
        groups="hr.group_hr_user,fieldservice.group_fsm_manager",
        help="Their work takes several short attendances a day, or is usually done within three "
        "hours. Source: Act respecting labour standards (CQLR, c. N-1.1), s. 58.",
    )
    has_call_in_rule = fields.Boolean(related="company_id.is_call_in_paid")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"is_call_in_exempt"}})
