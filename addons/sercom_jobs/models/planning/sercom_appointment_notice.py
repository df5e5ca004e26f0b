from odoo import fields, models


class SercomAppointmentNotice(models.Model):
    """Remembers whose block an event was, that is handed over and may come back."""

    _inherit = "sercom.appointment.notice"

    assignment_id = fields.Many2one(
        "sercom.assignment", index="btree_not_null", ondelete="set null"
    )
