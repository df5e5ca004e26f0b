from odoo import fields, models


class FsmOrder(models.Model):
    """The fields of OCA's form in the words of Sercom.

    What is named here is also translated here, in place of OCA's French.
    """

    _inherit = "fsm.order"

    location_id = fields.Many2one(string="Site")
    phone = fields.Char(string="Site Phone")
    person_id = fields.Many2one(string="Worker")
    person_ids = fields.Many2many(string="Workers")
    stage_id = fields.Many2one()
    request_early = fields.Datetime(string="Earliest Visit")
    request_late = fields.Datetime(string="Latest Visit")
    scheduled_date_start = fields.Datetime(string="Planned Start")
    scheduled_date_end = fields.Datetime(string="Planned End")
    scheduled_duration = fields.Float(string="Planned Duration")
    date_start = fields.Datetime(string="Actual Start")
    date_end = fields.Datetime(string="Actual End")
    duration = fields.Float(string="Actual Duration")
