import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.exceptions import UserError
from odoo.tests import HttpCase, JsonRpcException, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.outside import is_outside
from .common import SercomRequestsCommon


class TestIsOutside(TransactionCase):
    """An address inside the firm's network is told, however it is written."""

    def test_inside(self):
        for host in (
            *("127.0.0.1", "localhost", "0x7f000001", "2130706433", "0.0.0.0", "[::1]"),
            *("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[fd00::1]"),
            *("[::ffff:127.0.0.1]", "224.0.0.1", "100.64.0.1"),
        ):
            self.assertFalse(is_outside(f"http://{host}/"), host)
        for url in ("file:///etc/passwd", "ftp://8.8.8.8/", "8.8.8.8", "http://", "", None, 5):
            self.assertFalse(is_outside(url), url)

    def test_outside(self):
        for url in ("http://8.8.8.8/", "https://8.8.8.8:8443/a?b", "http://user@8.8.8.8/"):
            self.assertTrue(is_outside(url), url)


@tagged("post_install", "-at_install")
class TestServerCallsNobody(SercomRequestsCommon, HttpCase):
    """Who writes an address has the server call it by no road: it stands inside the network."""

    def setUp(self):
        super().setUp()
        self.calls = calls = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                calls.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<title>Secret</title>")

            do_HEAD = do_GET

            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}/secret.png"

    def test_by_the_editor(self):
        for login in (None, "sercom_technician", "sercom_dispatcher"):
            for wanted in (False, "99"):
                self.env["ir.config_parameter"].set_param("mail.link_preview_throttle", wanted)
                with self.subTest(login, wanted=wanted):
                    self.authenticate(login, login)
                    answer = self.make_jsonrpc_request(
                        "/html_editor/link_preview_external", {"preview_url": self.url}
                    )
                    self.assertFalse(answer)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request(
                "/html_editor/attachment/add_url", {"url": self.url, "res_model": "res.partner"}
            )
        self.assertFalse(self.calls)

    def test_by_a_message(self):
        lead = self._create_request()
        message = lead.with_user(self.user_dispatcher).message_post(
            body=f"<a href='{self.url}'>here</a>", body_is_html=True
        )
        self.authenticate("sercom_dispatcher", "sercom_dispatcher")
        for wanted in (False, "99"):
            self.env["ir.config_parameter"].set_param("mail.link_preview_throttle", wanted)
            self.make_jsonrpc_request("/mail/link_preview", {"message_id": message.id})
        self.assertFalse(self.calls)
        self.assertFalse(self.env["mail.link.preview"].search([("source_url", "=", self.url)]))


@tagged("post_install", "-at_install")
class TestPushService(TransactionCase):
    """Notices for browsers are delivered by their makers: the server calls no other address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "push_portal", "base.group_portal")

    def _register(self, endpoint):
        Device = self.env["mail.push.device"]
        key = Device.get_web_push_vapid_public_key()
        keys = {"p256dh": "a", "auth": "b"}
        Device.with_user(self.portal).register_devices(
            endpoint=endpoint, keys=keys, vapid_public_key=key
        )
        return Device.search_count([("endpoint", "=", endpoint)])

    def test_makers_of_browsers(self):
        for endpoint in (
            "https://fcm.googleapis.com/fcm/send/a:b",
            "https://updates.push.services.mozilla.com/wpush/v2/a",
            "https://wns2-by3p.notify.windows.com/w/?token=a",
            "https://web.push.apple.com/a",
        ):
            with self.subTest(endpoint=endpoint):
                self.assertTrue(self._register(endpoint))

    def test_no_other(self):
        is_service = self.env["mail.push.device"]._is_push_service
        for endpoint in (
            *("http://127.0.0.1:8069/", "http://169.254.169.254/latest", "file:///etc/passwd"),
            *("http://web.push.apple.com/a", "https://push.apple.com.evil.example/a"),
            *("https://evilpush.apple.com.", "https://xpush.apple.com/", "https://evil.example/"),
            *("https://web.push.apple.com:8443/a", "https://a@web.push.apple.com/", "", None, 5),
            *("https://web.push.apple.com@evil.example/a", "https://[::1/a"),
            *("https://evil.example\\@web.push.apple.com/", "https://evil.example#.push.apple.com"),
        ):
            self.assertFalse(is_service(endpoint), endpoint)
        with self.assertRaisesRegex(UserError, "push_services"):
            self._register("http://127.0.0.1:8069/")

    def test_what_the_firm_says(self):
        self.env["ir.config_parameter"].set_param(
            "sercom_requests.push_services", "https://push.example.com http://10.0.0.5:8080"
        )
        is_service = self.env["mail.push.device"]._is_push_service
        self.assertTrue(is_service("https://push.example.com/a"))
        self.assertTrue(is_service("http://10.0.0.5:8080/a"))
        self.assertFalse(is_service("https://push.example.com.evil.example/a"))
        self.assertFalse(is_service("http://10.0.0.5:8081/a"))
