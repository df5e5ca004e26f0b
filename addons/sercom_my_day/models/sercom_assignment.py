from odoo import fields, models


class SercomAssignment(models.Model):
    _inherit = "sercom.assignment"

    on_my_way_on = fields.Datetime(
        "On the Way Since",
        copy=False,
        readonly=True,
        help="When the person said that they are on the way to this visit.",
    )
