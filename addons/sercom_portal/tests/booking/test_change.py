from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..common import SECRET
from .test_booking import NOW, BookingCommon


@tagged("post_install", "-at_install")
class TestChange(BookingCommon):
    """A client moves or cancels the visit that they chose, until some hours before it."""

    def _book(self):
        start = next(iter(self._find()))
        self.waiting.sudo()._book_for_client(self.client, start)
        return self.waiting.assignment_ids

    @freeze_time(NOW)
    def test_moved(self):
        block = self._book()
        old = block.date_start
        self.assertTrue(self.waiting.is_web_booked)
        times = self.waiting.sudo()._find_client_slots(is_move=True)
        start = list(times)[-1]
        self.waiting.sudo()._book_for_client(self.client, start, is_move=True)
        self.assertEqual(block, self.waiting.assignment_ids, "one visit")
        self.assertNotEqual(block.date_start, old)
        self.assertRecordValues(
            block, [{"date_start": fields.Datetime.to_datetime(start), "state": "confirmed"}]
        )
        self.assertEqual(block.calendar_event_id.start, block.date_start)
        self.assertIn("moved the visit", " ".join(self.waiting.activity_ids.mapped("summary")))
        with self.assertRaisesRegex(ValidationError, "taken"):
            self.waiting.sudo()._book_for_client(self.client, "2026-11-06 12:00:00", is_move=True)

    @freeze_time(NOW)
    def test_moved_to_be_confirmed_again(self):
        block = self._book()
        self.company.web_booking = "draft"
        start = list(self.waiting.sudo()._find_client_slots(is_move=True))[-1]
        self.waiting.sudo()._book_for_client(self.client, start, is_move=True)
        self.assertEqual(block.state, "draft")

    @freeze_time(NOW)
    def test_cancelled_and_chosen_anew(self):
        block = self._book()
        event = block.calendar_event_id
        self.waiting.sudo()._cancel_for_client(self.client)
        self.assertEqual(block.state, "cancelled")
        self.assertFalse(event.exists() and event.appointment_state == "planned")
        self.assertEqual(self.waiting.state, "to_plan", "what becomes of it is the office's to say")
        self.assertIn("cancelled the visit", " ".join(self.waiting.activity_ids.mapped("summary")))
        with self.assertRaisesRegex(UserError, "no longer be cancelled"):
            self.waiting.sudo()._cancel_for_client(self.client)
        self.waiting.sudo()._book_for_client(self.client, next(iter(self._find())))
        self.assertEqual(self.waiting.state, "planned")

    @freeze_time(NOW)
    def test_too_late_or_not_theirs_to_change(self):
        block = self._book()
        late = block.date_start - timedelta(hours=23)
        with freeze_time(late):
            self.assertFalse(self.waiting._is_changed_by_client())
            for call in (
                lambda job: job._cancel_for_client(self.client),
                lambda job: job._book_for_client(self.client, "", is_move=True),
            ):
                with self.assertRaisesRegex(UserError, "Call us"):
                    call(self.waiting.sudo())
            self.company.web_booking_change = 22
            self.assertTrue(self.waiting._is_changed_by_client())
        self.company.web_booking = "none"
        self.assertFalse(self.waiting._is_changed_by_client())
        self.company.web_booking = "confirmed"
        self._assign(self.waiting, self.people - block.employee_id, block.date_start)
        self.assertFalse(self.waiting._is_changed_by_client(), "a crew is the office's to move")

    @freeze_time(NOW)
    def test_as_many_a_day_as_the_firm_says(self):
        block = self._book()
        day = block.date_start.date()
        order = self._sell()
        order.action_confirm()
        job = order.fsm_order_ids
        job.write({"request_early": False, "request_late": False})
        self.assertIn(str(day), {start[:10] for start in self._find(job)})
        self.company.web_booking_per_day = 1
        self.assertNotIn(str(day), {start[:10] for start in self._find(job)})
        self.assertTrue(self._find(job))


@tagged("post_install", "-at_install")
class TestChangeHttp(HttpCase, BookingCommon):
    def _post(self, url, **data):
        page = html.fromstring(self.url_open(self.link).text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        token_of_link = self.link.partition("access_token=")[2]
        return self.url_open(url, data={"csrf_token": token, "access_token": token_of_link, **data})

    def test_by_the_link_of_an_e_mail(self):
        """Who has not signed in chooses, takes it to their calendar, moves and cancels."""
        link = self.file._get_portal_link(self.client)
        self.link = link[link.index("/my/requests/") :]
        url = f"/my/requests/{self.file.id}/job/{self.waiting.id}"
        self.waiting.sudo()._book_for_client(self.client, next(iter(self._find())))
        block = self.waiting.assignment_ids
        page = html.fromstring(self.url_open(self.link).text)
        [times] = [one for one in page.xpath("//section[@id='jobs']//a/@href") if "times" in one]
        event = block.calendar_event_id
        calendar = next(
            one for one in page.xpath("//a/@href") if f"/visit/{event.id}/calendar" in one
        )
        answer = self.url_open(calendar)
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        self.assertIn(f"DTSTART:{block.date_start:%Y%m%dT%H%M%SZ}", answer.text)
        self.assertNotIn("MAILTO", answer.text.upper())
        self.assertNotIn(SECRET, answer.text)
        starts = html.fromstring(self.url_open(times).text).xpath("//button[@name='start']/@value")
        self.assertIn("noted the time", self._post(f"{url}/move", start=starts[-1]).text)
        self.assertEqual(fields.Datetime.to_string(block.date_start), starts[-1])
        answer = self._post(f"{url}/cancel").text
        self.assertIn("The visit is cancelled", answer)
        self.assertIn("Choose a time", answer, "an old link helps on")
        self.assertIn("can no longer be cancelled", self._post(f"{url}/cancel").text)
