from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _systray_get_calendar_event_domain(self):
        # OVERRIDE calendar: a cancelled appointment is none of today's meetings.
        domain = super()._systray_get_calendar_event_domain()
        return Domain(domain) & Domain("appointment_state", "!=", "cancelled")
