from datetime import datetime, timedelta

from odoo.tests import BaseCase, Form, freeze_time, tagged

from ...tools.whole_day import get_span, get_stored_span
from ..common import SercomRequestsCommon

MONTREAL = "America/Toronto"


@tagged("post_install", "-at_install")
class TestWholeDayTools(BaseCase):
    def test_the_local_day_whatever_its_length(self):
        for day, hours in ((datetime(2026, 3, 8), 23), (datetime(2026, 11, 1), 25)):
            stored = (day.replace(hour=8), day.replace(hour=18))
            start, stop = get_span(*stored, True, MONTREAL)
            self.assertEqual((stop - start).total_seconds() / 3600, hours)
            self.assertEqual(get_stored_span(start, stop, MONTREAL), stored)
            self.assertIsNone(get_stored_span(start, stop - timedelta(hours=1), MONTREAL))

    def test_east_of_greenwich(self):
        start, stop = get_span(
            datetime(2026, 11, 3, 8), datetime(2026, 11, 4, 18), True, "Asia/Tokyo"
        )
        self.assertEqual((start, stop), (datetime(2026, 11, 2, 15), datetime(2026, 11, 4, 15)))

    def test_other_events_are_when_they_say(self):
        span = (datetime(2026, 11, 3, 14), datetime(2026, 11, 3, 15))
        self.assertEqual(get_span(*span, False, MONTREAL), span)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 12:00:00")
class TestAllDay(SercomRequestsCommon):
    """An appointment that is ticked «All Day» is the whole local day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_salesman.tz = MONTREAL
        cls.request = cls._create_request(user_id=cls.user_salesman.id)

    def _create_all_day(self, day="2026-11-06"):
        form = Form(
            self.env["calendar.event"]
            .with_user(self.user_salesman)
            .with_context(default_opportunity_id=self.request.id),
            "calendar.view_calendar_event_form",
        )
        form.name = "Assessment"
        form.allday = True
        form.start_date = day
        form.stop_date = day
        return form.save()

    def test_the_assessment_shows_on_its_day(self):
        event = self._create_all_day()
        self.assertEqual(event.start, datetime(2026, 11, 6, 8), "as Odoo stores it")
        request = self.request.with_user(self.user_salesman).with_context(tz=MONTREAL)
        self.assertEqual(request.assessment_date, datetime(2026, 11, 6, 5))
        far = request.with_context(tz="Asia/Tokyo")
        self.assertEqual(far.assessment_date, datetime(2026, 11, 5, 15))

    def test_the_time_line_shows_the_day_without_an_hour(self):
        self._create_all_day()
        file = self.request.service_file_id.with_context(tz=MONTREAL)
        entry = next(entry for entry in file.timeline if entry["kind"] == "appointment")
        self.assertEqual((entry["date"], entry.get("is_day")), ("2026-11-06 05:00:00", True))

    def test_cancelled_during_its_day_people_are_told(self):
        event = self._create_all_day("2026-11-05")
        event.partner_ids |= self.user_technician.partner_id
        self._send_notices()
        before = self.env["mail.mail"].search([])
        event.action_appointment_cancel()
        self._send_notices()
        told = self.env["mail.mail"].search([]) - before
        self.assertIn(self.user_technician.partner_id, told.recipient_ids)
