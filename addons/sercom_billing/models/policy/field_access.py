from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import (
    BILLING,
    MANAGER,
    SALES,
    SETTINGS,
    merge_fields,
)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _get_writable_fields(self):
        own = {"billing_policy", "rate_position_ids"}
        return merge_fields(super()._get_writable_fields(), {MANAGER: own})


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        own = {
            "authorized_warning",
            "billing_direction",
            "billing_grace",
            "billing_increment",
            "billing_minimum",
            "billing_policy",
            "billing_scope",
            "is_invoice_hours_printed",
            "is_invoice_report_attached",
        }
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, MANAGER, SALES), {"billing_policy"})
        return merge_fields(super()._get_writable_fields(), own)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, SALES), {"billing_policy"})
        return merge_fields(super()._get_writable_fields(), own)
