import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.tests import HttpCase, JsonRpcException, TransactionCase, tagged
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
