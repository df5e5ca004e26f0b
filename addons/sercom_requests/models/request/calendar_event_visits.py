from odoo import models


class CalendarEvent(models.Model):
    """Appointments as visits: each person's own event of a job is one and the same visit."""

    _inherit = "calendar.event"

    def _group_visits(self):
        """These appointments, each visit once.

        A job that the user may read says itself when its first visit is, and by whom; a cancelled
        event of a visit tells nothing while another of it is live.

        :return: ``{appointment that stands for the visit: all appointments of it}``
        """
        # sudo: to ask which of them the user may read
        jobs = self.sudo().fsm_order_id.sudo(False)._filtered_access("read")
        visits = {}
        for event in self.sorted(lambda event: event.appointment_state == "cancelled"):
            job = event.sudo().fsm_order_id  # sudo: only to tell visits apart
            if job.id in jobs.ids and event.start == job.scheduled_date_start:
                continue
            key = (job.id, event.start) if job else event.id
            visits[key] = visits.get(key, self.browse()) | event
        return {events[0]: events for events in visits.values()}

    def _get_visitors(self):
        """People of the firm who come to these appointments."""
        live = self.filtered(lambda event: event.appointment_state != "cancelled") or self
        return live.partner_ids.filtered(lambda partner: not partner.partner_share)
