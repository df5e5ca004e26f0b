from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class FsmEquipment(models.Model):
    """What is installed at a site: the technician reads it on the phone before the work."""

    _name = "fsm.equipment"
    _inherit = ["fsm.equipment", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    serial_number = fields.Char(copy=False, index="btree_not_null")
    date_installed = fields.Date("Installed On")
    date_warranty_end = fields.Date(
        "Warranty Until", help="Last day on which the maker's warranty pays."
    )

    @api.model
    def _get_writable_fields(self):
        names = {"serial_number", "date_installed", "date_warranty_end"}
        return merge_fields(super()._get_writable_fields(), {MANAGER: names})
