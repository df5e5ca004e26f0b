from odoo import fields, models


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
