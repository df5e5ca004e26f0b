from odoo import fields, models


class FsmEquipment(models.Model):
    """What is installed at a site: the technician reads it on the phone before the work."""

    _inherit = "fsm.equipment"

    serial_number = fields.Char(copy=False, index="btree_not_null")
    date_installed = fields.Date("Installed On")
    date_warranty_end = fields.Date(
        "Warranty Until", help="Last day on which the maker's warranty pays."
    )
