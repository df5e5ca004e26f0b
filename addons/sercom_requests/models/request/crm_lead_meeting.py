from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _compute_meeting_display(self):
        # OVERRIDE crm: the next meeting is one that takes place, and a whole day is a local day.
        super()._compute_meeting_display()
        events = self.env["calendar.event"].sudo()  # sudo: as Odoo, private ones count too
        events = events.search([("opportunity_id", "in", self.ids)])
        now, zone = fields.Datetime.now(), self.env.tz
        by_lead = events.grouped("opportunity_id")
        for request in self:
            visits = by_lead.get(request._origin, events.browse())
            if not (request.is_service_request or visits.service_file_id):
                continue
            live = visits.filtered(lambda event: event.appointment_state != "cancelled")
            starts = [event._get_span(zone.zone)[0] for event in live]
            coming = [start for start in starts if start > now]
            moment = min(coming) if coming else max(starts, default=None)
            request.meeting_display_date = (
                fields.Datetime.context_timestamp(self.with_context(tz=zone.zone), moment).date()
                if moment
                else False
            )
            if coming:
                request.meeting_display_label = self.env._("Next Appointment")
            elif moment:
                request.meeting_display_label = self.env._("Last Appointment")
            else:
                request.meeting_display_label = self.env._("No Appointment")
