from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN, merge_fields


class SercomPhoto(models.Model):
    """A photo keeps the number that the phone sent it with: its caption may follow it."""

    _inherit = "sercom.photo"

    phone_uuid = fields.Char(
        "Number on the Phone", copy=False, readonly=True, index="btree_not_null"
    )

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {TECHNICIAN: {"phone_uuid"}})
