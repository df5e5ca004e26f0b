import base64
from datetime import timedelta

import psycopg2
from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from .test_booking import NOW, BookingCommon


class AskTimeCommon(BookingCommon):
    """A service whose time visitors choose with their request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"is_asked_on_web": True, "phone": "+1 514 555 0100"})
        cls.service = cls._create_product(
            name="Boiler check", type="service", is_asked_on_web=True, list_price=321.0
        ).product_tmpl_id
        cls.service.write({"is_booked_on_web": True, "web_booking_hours": 1.5})
        cls.holds = cls.env["sercom.booking.hold"].sudo()

    def _hold(self, stamp="one", start=None, address="10.0.0.1"):
        start = start or next(iter(self.service._find_web_times()))
        return self.holds._hold(stamp, address, self.service.sudo(), start)


@tagged("post_install", "-at_install")
class TestHold(AskTimeCommon):
    """Free times of a service that nobody has asked for yet, and how long one is kept."""

    @freeze_time(NOW)
    def test_times_of_a_service(self):
        times = self.service._find_web_times()
        self.assertTrue(times)
        for start, slot in times.items():
            moment = fields.Datetime.to_datetime(start)
            self.assertEqual(
                fields.Datetime.to_datetime(slot["date_end"]) - moment, timedelta(hours=1.5)
            )
            self.assertGreaterEqual(moment, fields.Datetime.now() + timedelta(hours=24))
        self.service.is_booked_on_web = False
        self.assertFalse(self.service._find_web_times())

    @freeze_time(NOW)
    def test_held_for_one(self):
        first = self._hold()
        start = str(first.date_start)
        # Everybody else is busy then: the time is gone, for visitors and for planning.
        for person in self.people - first.employee_id:
            self._assign(self.job, employee=person, start=first.date_start)
        with self.assertRaisesRegex(ValidationError, "taken"):
            self._hold("two", start)
        self.assertNotIn(start, self._find())
        other = self._hold("one", list(self.service._find_web_times())[-1])
        self.assertFalse(first.exists(), "a page holds one time")
        self.assertIn(start, self._find(), "the one that it gave up is free again")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=21)):
            self.assertFalse(self.holds._find("one"))
            self.assertIn(str(other.date_start), self.service._find_web_times())
            self._hold("three", str(other.date_start))
            self.assertFalse(other.exists(), "an expired one makes room")

    @freeze_time(NOW)
    def test_the_database_refuses_two(self):
        first = self._hold()
        vals = first.copy_data({"stamp": "two"})[0]
        with (
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.holds.create(vals)

    @freeze_time(NOW)
    def test_one_address_holds_few(self):
        for stamp in "abc":
            self._hold(stamp)
        with self.assertRaisesRegex(UserError, "Many times"):
            self._hold("d")
        self._hold("d", address="10.0.0.2")


@tagged("post_install", "-at_install")
class TestAskTime(HttpCase, MailCommon, AskTimeCommon):
    """From the form to the booked visit, without a login."""

    def _stamp(self, key="key"):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=1)):
            return (
                self.env["sercom.web.request"]
                .with_user(self.env.ref("base.public_user"))
                ._make_stamp(key)
            )

    def _typed(self, page):
        """What the form of a page would send, as it is."""
        form = html.fromstring(page).xpath("//main//form")[0]
        return dict(form.form_values())

    def _get_mails(self, lead):
        """What the client of a request was mailed."""
        return self._new_mails.filtered(lambda mail: lead.partner_id in mail.recipient_ids)

    def _choose(self):
        data = {
            "stamp": self._stamp(),
            "product": str(self.service.id),
            "need": "Yearly check",
            "name": "Alain Petit",
        }
        page = self.url_open("/service/times", data=data).text
        self.assertNotIn("Luc", page)
        self.assertNotIn("321", page, "no price")
        starts = html.fromstring(page).xpath("//button[@name='start']/@value")
        self.assertTrue(starts, page)
        return self.url_open("/service/hold", data={**self._typed(page), "start": starts[0]}).text

    def _send(self, page, **vals):
        data = {
            **self._typed(page),
            "email": "alain@example.com",
            "street": "9 rue Neuve",
            "city": "Laval",
            "consent": "1",
            "stamp": self._stamp(),
            **vals,
        }
        return self.url_open("/service/send", data=data)

    def test_a_visitor_books(self):
        page = self._choose()
        hold = self.holds._find("key")
        held = {"employee_id": hold.employee_id.id, "date_start": hold.date_start}
        self.assertIn("We keep this time", page)
        self.assertEqual(self._typed(page)["name"], "Alain Petit", "what was typed is kept")
        with self.mock_mail_gateway():
            answer = self._send(page)
        self.assertTrue(answer.url.endswith("/service/thanks?time=1"), answer.url)
        self.assertIn("noted the time", answer.text)
        lead = self.env["crm.lead"].search([("name", "=", "Boiler check")])
        self.assertEqual(lead.partner_id.name, "Alain Petit")
        job = lead.fsm_order_ids
        self.assertRecordValues(job, [{"state": "planned", "is_web_booked": True}])
        self.assertRecordValues(
            job.assignment_ids,
            [{**held, "state": "confirmed", "planned_hours": 1.5}],
        )
        self.assertFalse(self.holds._find("key"))
        self.assertEqual(job.sale_id.order_line.product_id.product_tmpl_id, self.service)
        mail = self._get_mails(lead)
        self.assertIn("Your visit is booked", mail.body_html)
        self.assertEqual(mail.attachment_ids.mapped("name"), ["visit.ics"])
        calendar = base64.b64decode(mail.attachment_ids.datas).decode()
        self.assertIn(f"DTSTART:{job.assignment_ids.date_start:%Y%m%dT%H%M%SZ}", calendar)
        # Sent twice.
        self.assertTrue(self._send(page).url.endswith("/service/thanks?time=1"))
        self.assertEqual(len(lead.search([("name", "=", "Boiler check")])), 1)

    def test_gone_meanwhile(self):
        page = self._choose()
        hold = self.holds._find("key")
        for person in self.people:
            self._assign(self.job, employee=person, start=hold.date_start)
        answer = self._send(page)
        self.assertIn("just been taken", answer.text)
        self.assertNotIn("Luc", answer.text)
        self.assertIn("alain@example.com", self._typed(answer.text).values())
        self.assertFalse(self.env["crm.lead"].search([("name", "=", "Boiler check")]))

    def test_expired_and_still_free(self):
        page = self._choose()
        self.holds._find("key").expires_on = fields.Datetime.now() - timedelta(minutes=1)
        self.assertIn("noted the time", self._send(page).text)

    def test_for_the_office_or_without_a_time(self):
        self.company.web_booking = "draft"
        page = self._choose()
        with self.mock_mail_gateway():
            self._send(page)
        lead = self.env["crm.lead"].search([("name", "=", "Boiler check")])
        self.assertEqual(lead.fsm_order_ids.assignment_ids.state, "draft")
        mail = self._get_mails(lead)
        self.assertIn("We will confirm it", mail.body_html)
        self.assertFalse(mail.attachment_ids)
        data = {**self._typed(self._choose()), "stamp": self._stamp("other")}
        page = self.url_open("/service/release", data=data).text
        self.assertNotIn("start", self._typed(page))

    def test_a_visit_goes_somewhere_and_only_what_is_open_is_booked(self):
        page = self._choose()
        answer = self._send(page, street="")
        self.assertIn("error_street", answer.text)
        self.assertIn("We keep this time", answer.text, "it is held while the form is mended")
        self.service.is_booked_on_web = False
        for url in ("/service/times", "/service/hold"):
            answer = self.url_open(url, data={**self._typed(page), "stamp": self._stamp()})
            self.assertNotIn('<button type="submit" name="start"', answer.text)
        for start in ("", "now", "9999-99-99"):
            self.service.is_booked_on_web = True
            data = {"stamp": self._stamp("z"), "product": str(self.service.id), "start": start}
            self.assertIn("just been taken", self.url_open("/service/hold", data=data).text)
