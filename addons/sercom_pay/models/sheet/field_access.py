from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, SETTINGS, merge_fields


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        own = {"pay_period", "pay_first_day", "pay_since"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"pay_rate"}})


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"pay_number", "pay_rate"}})
