from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, TECHNICIAN, merge_fields


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: {"over_hours_reason"}})


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        own = {"clock_far_km", "clock_forgotten_after", "clock_max_hours", "job_report_hours"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})
