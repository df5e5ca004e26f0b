from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sercom_conflict_time_off = fields.Selection(
        related="company_id.sercom_conflict_time_off", readonly=False, required=True
    )
    sercom_conflict_hours = fields.Selection(
        related="company_id.sercom_conflict_hours", readonly=False, required=True
    )
    sercom_conflict_capacity = fields.Selection(
        related="company_id.sercom_conflict_capacity", readonly=False, required=True
    )
    sercom_conflict_skill = fields.Selection(
        related="company_id.sercom_conflict_skill", readonly=False, required=True
    )
    sercom_conflict_travel = fields.Selection(
        related="company_id.sercom_conflict_travel", readonly=False, required=True
    )
    sercom_conflict_appointment = fields.Selection(
        related="company_id.sercom_conflict_appointment", readonly=False, required=True
    )
    sercom_notice_delay = fields.Integer(related="company_id.sercom_notice_delay", readonly=False)
    sercom_allow_overlap = fields.Boolean(related="company_id.sercom_allow_overlap", readonly=False)
    sercom_travel_speed = fields.Float(related="company_id.sercom_travel_speed", readonly=False)
    sercom_travel_detour = fields.Float(related="company_id.sercom_travel_detour", readonly=False)
    sercom_travel_margin = fields.Float(related="company_id.sercom_travel_margin", readonly=False)
