from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..common import PortalCommon

NOW = "2026-11-06 12:00:00"  # a Friday, 7:00 in Montréal


class BookingCommon(PortalCommon):
    """A job of the client that waits for a time; Luc and Anne work from 8 to 16 on weekdays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"web_booking": "confirmed", "web_booking_notice": 24, "web_booking_days": 7}
        )
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Days",
                "tz": "America/Toronto",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Shift",
                                "dayofweek": str(day),
                                "hour_from": hour,
                                "hour_to": hour + 4,
                                "day_period": "morning" if hour < 12 else "afternoon",
                            }
                        )
                        for day in range(5)
                        for hour in (8, 12)
                    ),
                ],
            }
        )
        cls.people = cls.employee | cls.anne
        cls.people.resource_calendar_id = cls.calendar
        others = cls.env["hr.employee"].search([("id", "not in", cls.people.ids)])
        others.active = False
        order = cls._sell()
        order.action_confirm()
        cls.waiting = order.fsm_order_ids
        cls.waiting.write({"request_early": False, "request_late": False})

    def _find(self, job=None):
        return (job or self.waiting).sudo()._find_client_slots()


@tagged("post_install", "-at_install")
class TestBooking(BookingCommon):
    """Free times that a client chooses from."""

    @freeze_time(NOW)
    def test_times_are_free_and_within_the_bounds(self):
        slots = self._find()
        self.assertTrue(slots)
        first = fields.Datetime.now() + timedelta(hours=24)
        last = fields.Datetime.now() + timedelta(days=7)
        for start, slot in slots.items():
            moment = fields.Datetime.to_datetime(start)
            self.assertTrue(first <= moment <= last, start)
            self.assertLess(moment.weekday(), 5)
            self.assertFalse(slot["warnings"])
        self.assertEqual(list(slots), sorted(slots))
        self.company.web_booking_days = 1
        self.assertEqual(self._find(), {}, "nothing between the notice and the horizon")

    @freeze_time(NOW)
    def test_booked_at_once_or_for_the_office(self):
        start = next(iter(self._find()))
        self.waiting.sudo()._book_for_client(self.client, start)
        block = self.waiting.assignment_ids
        self.assertEqual(block.state, "confirmed")
        self.assertEqual(fields.Datetime.to_string(block.date_start), start)
        self.assertEqual(self.waiting.state, "planned")
        self.assertIn("booked a time", self.waiting.activity_ids[0].summary)
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self.waiting.sudo()._book_for_client(self.client, start)
        self.company.web_booking = "draft"
        order = self._sell()
        order.action_confirm()
        job = order.fsm_order_ids
        job.write({"request_early": False, "request_late": False})
        job.sudo()._book_for_client(self.client, next(iter(self._find(job))))
        self.assertEqual(job.assignment_ids.state, "draft")
        self.assertIn("confirm it", job.activity_ids[0].summary)

    @freeze_time(NOW)
    def test_a_time_that_is_none_of_them(self):
        taken = next(iter(self._find()))
        for start in ("", "now", "2026-11-06 12:00:00", "9999-99-99", taken + "x"):
            with self.assertRaisesRegex(ValidationError, "taken"):
                self.waiting.sudo()._book_for_client(self.client, start)
        for person in self.people:
            self._assign(self.job, employee=person, start=fields.Datetime.to_datetime(taken))
        with self.assertRaisesRegex(ValidationError, "taken"):
            self.waiting.sudo()._book_for_client(self.client, taken)
        self.assertFalse(self.waiting.assignment_ids)

    @freeze_time(NOW)
    def test_times_of_every_day_of_a_late_and_long_job(self):
        """Neither a promise that is past nor the lunch break keeps a client from choosing."""
        days = {start[:10] for start in self._find()}
        self.assertGreater(len(days), 3, "not the first days alone")
        self.waiting.sla_first_visit_deadline = "2026-11-01 12:00:00"
        self.assertEqual({start[:10] for start in self._find()}, days)
        self.waiting.scheduled_duration = 6
        slots = self._find()
        self.assertTrue(slots)
        self.waiting.sudo()._book_for_client(self.client, next(iter(slots)))
        self.assertAlmostEqual(sum(self.waiting.assignment_ids.mapped("planned_hours")), 6)

    @freeze_time(NOW)
    def test_what_waits_for_the_office_is_on_the_page(self):
        self.company.web_booking = "draft"
        self.waiting.sudo()._book_for_client(self.client, next(iter(self._find())))
        visit = self._get_page(self.client)["visits"][0]
        self.assertEqual((visit["state"], visit["job"]), ("asked", self.waiting.name))
        self.assertIn("between", visit["window"])

    def test_only_what_waits_is_offered(self):
        self.assertTrue(self.waiting._is_booked_by_client())
        self.assertFalse(self.done_job._is_booked_by_client())
        self.company.web_booking = "none"
        self.assertFalse(self.waiting._is_booked_by_client())
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self._find()


@tagged("post_install", "-at_install")
class TestBookingHttp(HttpCase, BookingCommon):
    def test_choose_on_the_page(self):
        self.authenticate("client", "client")
        url = f"/my/requests/{self.file.id}/job/{self.waiting.id}"
        page = html.fromstring(self.url_open(f"/my/requests/{self.file.id}").text)
        links = page.xpath("//section[@id='jobs']//a/@href")
        self.assertIn(f"{url}/times", links, page.xpath("//section[@id='jobs']")[0].text_content())
        page = html.fromstring(self.url_open(f"{url}/times").text)
        starts = page.xpath("//button[@name='start']/@value")
        self.assertTrue(starts)
        self.assertNotIn("Luc", page.text_content())
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        # Another client was faster.
        first = fields.Datetime.to_datetime(starts[0])
        for person in self.people:
            self._assign(self.job, employee=person, start=first)
        data = {"csrf_token": token, "start": starts[0]}
        answer = self.url_open(f"{url}/book", data=data)
        self.assertIn("just been taken", answer.text)
        self.assertNotIn("Luc", answer.text)
        page = html.fromstring(answer.text)
        data["start"] = page.xpath("//button[@name='start']/@value")[0]
        self.assertIn("noted the time", self.url_open(f"{url}/book", data=data).text)
        self.assertEqual(
            fields.Datetime.to_string(self.waiting.assignment_ids.date_start), data["start"]
        )
        self.assertIn("no longer waiting", self.url_open(f"{url}/book", data=data).text)
