from functools import partial

from odoo import api, models
from odoo.fields import Domain


class SercomServiceFile(models.Model):
    """Appointments of the file: counted, on its time line, and the next one."""

    _inherit = "sercom.service.file"

    @api.depends("appointment_ids.appointment_state")
    def _compute_counts(self):
        return super()._compute_counts()

    @api.depends("appointment_ids.appointment_state")
    def _compute_next_action(self):
        return super()._compute_next_action()

    @api.depends("appointment_ids.appointment_state", "appointment_ids.start")
    def _compute_timeline(self):
        return super()._compute_timeline()

    def _get_counter_domains(self):
        live = Domain("appointment_state", "!=", "cancelled")
        return {**super()._get_counter_domains(), "appointment_count": live}

    def _get_visits_to_come(self):
        events = super()._get_visits_to_come()
        return events.filtered(lambda event: event.appointment_state == "planned")

    def _get_timeline_sources(self):
        events = self._get_timeline_records("calendar.event")
        visits = events._group_visits()
        return [
            *super()._get_timeline_sources(),
            (events.browse().concat(*visits), partial(self._get_visit_entries, visits)),
        ]

    def _get_visit_entries(self, visits, event):
        """Entries of an appointment that stands for all those of its visit.

        :param dict visits: ``calendar.event._group_visits``
        """
        return [
            self._prepare_timeline_entry(
                event,
                "appointment",
                event.start_date if event.allday else event.start,
                event.name,
                state=self._get_selection_label(event, "appointment_state"),
                who=", ".join(visits[event]._get_visitors().mapped("name")),
            )
        ]
