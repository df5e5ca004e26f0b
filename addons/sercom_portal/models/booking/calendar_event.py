from odoo import fields, models

from ...tools.booking.calendar_file import make_calendar_file


class CalendarEvent(models.Model):
    """A visit for the client's own calendar; Odoo's file names who goes and what they are told."""

    _inherit = "calendar.event"

    def _get_client_calendar(self, file):
        """Calendar file of this one visit, in sudo, as the client of its service file sees it.

        :param file: ``sercom.service.file``
        :return: bytes
        """
        self.ensure_one()
        company = file.company_id
        subject = file.subject or file.name
        return make_calendar_file(
            uid=f"sercom-visit-{self.id}@{company.id}",
            start=self.start_date if self.allday else self.start,
            end=self.stop_date if self.allday else self.stop,
            summary=f"{company.name}: {subject}",
            location=file.fsm_location_id._get_address_line() if file.fsm_location_id else "",
            description=company.phone or "",
            stamp=fields.Datetime.now(),
            is_cancelled=self.appointment_state == "cancelled",
        )
