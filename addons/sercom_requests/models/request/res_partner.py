from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _compute_meeting(self):
        # OVERRIDE calendar: the counter of meetings counts those that take place.
        meetings = super()._compute_meeting()
        ids = {event_id for event_ids in meetings.values() for event_id in event_ids}
        if not ids:
            return meetings
        domain = [("id", "in", list(ids)), ("appointment_state", "=", "cancelled")]
        cancelled = set(self.env["calendar.event"].search(domain).ids)
        return {
            partner_id: [event_id for event_id in event_ids if event_id not in cancelled]
            for partner_id, event_ids in meetings.items()
        }
