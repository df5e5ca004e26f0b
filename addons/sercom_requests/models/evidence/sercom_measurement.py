from odoo import api, fields, models

from ...tools.field_access import OFFICE, SALES, TECHNICIAN, merge_fields


class SercomMeasurement(models.Model):
    _name = "sercom.measurement"
    _description = "Measurement"
    _inherit = "sercom.evidence.mixin"
    _order = "sequence, id"

    name = fields.Char("Measurement", required=True, help="What was measured.")
    sequence = fields.Integer(default=10)
    value = fields.Float(digits=(16, 3))
    unit = fields.Char(help="Unit of the value: mm, kPa, L/min, °C…")
    note = fields.Char()

    @api.model
    def _get_writable_fields(self):
        told = {"name", "note", "sequence", "unit", "value"}
        return merge_fields(
            super()._get_writable_fields(), dict.fromkeys((TECHNICIAN, OFFICE, SALES), told)
        )
