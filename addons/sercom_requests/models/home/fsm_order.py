from odoo import fields, models


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    name = fields.Char(index="trigram")  # a caller may know the job's number
