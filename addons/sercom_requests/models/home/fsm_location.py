from odoo import fields, models


class FsmLocation(models.Model):
    _inherit = "fsm.location"

    owner_id = fields.Many2one(index=True)  # the sites of a client are asked for at every call
