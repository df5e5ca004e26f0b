from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, SETTINGS, merge_fields


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _get_writable_fields(self):
        own = {"is_asked_on_web"}
        return merge_fields(super()._get_writable_fields(), {MANAGER: own})


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        own = {"is_asked_on_web"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})
