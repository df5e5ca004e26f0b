import base64
import json
import os
import threading
from datetime import UTC, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon

from .phone import PhoneCase


class PushService(HTTPServer):
    """What a browser's maker runs: it takes notices for phones."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken = []


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


def make_browser_keys():
    """Keys as a browser makes them for a subscription."""
    point = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return {
        name: base64.urlsafe_b64encode(data).decode().rstrip("=")
        for name, data in (("p256dh", point), ("auth", os.urandom(16)))
    }


@tagged("post_install", "-at_install")
class TestMyDayPush(ClockCommon):
    """A phone tells of a visit that is new, moved or cancelled; without a key nothing happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)
        cls.keys = make_browser_keys()
        cls.tomorrow = fields.Datetime.now().replace(microsecond=0) + timedelta(days=1)

    def _set_key(self, service="https://push.example.com"):
        self.env["mail.push.device"].get_web_push_vapid_public_key()
        self.env["ir.config_parameter"].set_param("sercom_requests.push_services", service)

    def _register(self, endpoint="https://push.example.com/1", user=None):
        day = self.day.with_user(user) if user else self.day
        return day.register_phone(endpoint, self.keys)

    def _take_notices(self):
        """Notices that wait to be sent, oldest first; they are gone then."""
        notices = self.env["mail.push"].search([], order="id")
        payloads = [json.loads(notice.payload) for notice in notices]
        notices.unlink()
        return [(one["title"], one["options"]["data"]["res_id"]) for one in payloads]

    def test_new_moved_and_cancelled(self):
        self._set_key()
        self.assertTrue(self._register())
        block = self._assign(start=self.tomorrow)
        self.assertEqual(self._take_notices(), [("New visit", self.job.id)])
        block.note = "Bring the ladder"
        self.assertEqual(self._take_notices(), [])
        block.write({"date_end": block.date_end + timedelta(hours=1)})
        self.assertEqual(self._take_notices(), [("Visit moved", self.job.id)])
        block.state = "cancelled"
        self.assertEqual(self._take_notices(), [("Visit cancelled", False)])
        block.state = "confirmed"
        self.assertEqual(self._take_notices(), [("New visit", self.job.id)])
        block.employee_id = self.anne
        self.assertEqual(self._take_notices(), [("Visit cancelled", False)])
        block.employee_id = self.employee
        self._take_notices()
        block.unlink()
        self.assertEqual(self._take_notices(), [("Visit cancelled", False)])

    def test_what_the_notice_says(self):
        self._set_key()
        self._register()
        self.user_technician.lang = "en_US"
        self._assign(start=self.tomorrow)
        notice = json.loads(self.env["mail.push"].search([]).payload)
        self.assertIn("Marie Tremblay", notice["options"]["body"])
        local = self.tomorrow.replace(tzinfo=UTC).astimezone(ZoneInfo(self.employee.tz))
        self.assertIn(local.strftime("%b "), notice["options"]["body"])
        self.assertLess(len(json.dumps(notice)), 1000)

    def test_many_at_once_are_one_notice(self):
        self._set_key()
        self._register()
        blocks = self.env["sercom.assignment"]
        for hour in (0, 4):
            blocks |= self._assign(start=self.tomorrow + timedelta(hours=hour), employee=self.anne)
        self.assertEqual(self._take_notices(), [])
        blocks.write({"employee_id": self.employee.id})
        self.assertEqual(self._take_notices(), [("My Day", False)])

    def test_nobody_is_told_of_what_does_not_matter(self):
        self._set_key()
        self._register()
        self._assign(start=self.tomorrow + timedelta(days=30))
        self._assign(start=self.tomorrow - timedelta(days=9))
        self._assign(start=self.tomorrow, employee=self.anne)
        self.assertEqual(self._take_notices(), [])
        # Their own doing.
        block = self._assign(start=self.tomorrow + timedelta(hours=5))
        self._take_notices()
        block.with_user(self.user_technician).sudo().write({"state": "cancelled"})
        self.assertEqual(self._take_notices(), [])

    def test_without_key_nothing_happens(self):
        self.assertFalse(self._register())
        self.assertFalse(self.env["mail.push.device"].search([]))
        self._assign(start=self.tomorrow)
        self.assertFalse(self.env["mail.push"].search([]))
        self.assertFalse(
            self.env["ir.config_parameter"].get_param("mail.web_push_vapid_public_key")
        )

    def test_phone_changes_hands(self):
        self._set_key()
        self._register()
        other = self._create_user("push_other", "fieldservice.group_fsm_user_own")
        # Others cannot silence it; who signs in there takes it over.
        self.day.with_user(other).unregister_phone("https://push.example.com/1")
        device = self.env["mail.push.device"].search([])
        self.assertEqual(device.partner_id, self.user_technician.partner_id)
        self._register(user=other)
        self.assertEqual(device.partner_id, other.partner_id)
        self.day.with_user(other).unregister_phone("https://push.example.com/1")
        self.assertFalse(device.exists())
        portal = new_test_user(self.env, "push_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self._register(user=portal)

    def test_it_is_sent(self):
        """To the browser's maker, encrypted, by Odoo's scheduled action."""
        service = PushService()
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(service.server_close)
        self.addCleanup(service.shutdown)
        address = f"http://127.0.0.1:{service.server_port}"
        self._set_key(address)
        self._register(f"{address}/phone")
        self._assign(start=self.tomorrow)
        self.assertFalse(service.taken, "sent before it is certain")
        self.env["mail.push"]._push_notification_to_endpoint()
        [(path, headers, body)] = service.taken
        self.assertEqual((path, headers["Content-Encoding"]), ("/phone", "aes128gcm"))
        self.assertIn("vapid t=", headers["Authorization"])
        self.assertNotIn(b"Marie", body)
        self.assertFalse(self.env["mail.push"].search([]))


@tagged("post_install", "-at_install", "slow")
class TestMyDayPushPage(PhoneCase):
    """What the phone does with a notice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.push.device"].get_web_push_vapid_public_key()

    def test_notice_opens_the_job(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.wait_until_kept()
            phone.send("Browser.grantPermissions", permissions=["notifications"])
            with self.hold_requests():
                news = self.block._make_news("new", self.block._to_news_values())
                notice = self.block._make_notice(self.user_technician, [news])
            self._deliver(phone, notice)
            shown = phone.wait(
                "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
                ".then((all) => all.length && [all[0].title, all[0].body])"
            )
            self.assertEqual(shown[0], "New visit")
            self.assertIn("Marie Tremblay", shown[1])
            phone.run_in_worker(
                "registration.getNotifications().then(([notification]) =>"
                " dispatchEvent(new NotificationEvent('notificationclick', {notification})))"
            )
            phone.see("[data-screen=job]", "Marie Tremblay")

    def _deliver(self, phone, notice):
        """As the browser's maker does."""
        phone.send("ServiceWorker.enable")
        phone.run_in_worker(
            f"dispatchEvent(new PushEvent('push', {{data: {json.dumps(json.dumps(notice))}}}))"
        )

    def test_it_is_offered_where_the_firm_has_a_key(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.send(
                "Page.addScriptToEvaluateOnNewDocument",
                source="Object.defineProperty(Notification, 'permission', {value: 'default'})",
            )
            phone.reload()
            phone.see("[data-action=push]", "Tell me")
            with self.hold_requests():
                key = "mail.web_push_vapid_public_key"
                self.env["ir.config_parameter"].search([("key", "=", key)]).unlink()
            phone.run("caches.delete('sercom-my-day')")
            phone.reload()
            phone.see("[data-visit]")
            self.assertFalse(phone.count("[data-action=push]"))
