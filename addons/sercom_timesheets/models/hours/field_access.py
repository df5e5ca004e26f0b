from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, SETTINGS, merge_fields


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {DISPATCHER: {"timesheet_ids"}})


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        own = {"is_billing_approved_only", "is_travel_billed", "service_project_id"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})
