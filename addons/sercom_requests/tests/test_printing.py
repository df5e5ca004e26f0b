import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.tests import TransactionCase, tagged

from ..tools.printing import strip_fetches
from .common import PIXEL, SercomRequestsCommon

ODOO = "http://127.0.0.1:8069"


class TestStripFetches(TransactionCase):
    """What a page asks of elsewhere is taken off, however it is written."""

    def _strip(self, body, remote=()):
        html = f"<html><head><base href='{ODOO}'/></head><body>{body}</body></html>"
        return strip_fetches(html, ODOO, lambda number: number in remote)

    def test_nothing_of_elsewhere_is_left(self):
        for body in (
            "<img src='http://evil.example/a.png'/>",
            "<img src='//evil.example/a.png'/>",
            "<img src=' ht\ntp://evil.example'/>",
            "<img src='\\\\evil.example\\a'/>",
            "<img srcset='/web/image/1 1x, http://evil.example 2x'/>",
            "<img src='file:///etc/evil'/>",
            "<img src='data:image/svg+xml,evil'/>",
            f"<img src='{ODOO}/web/session/logout?evil'/>",
            f"<img src='{ODOO}/web/image/../session/evil'/>",
            f"<img src='{ODOO}.evil.example/web/image/1'/>",
            "<img src='http://127.0.0.1:8070/web/image/evil'/>",
            "<iframe src='http://evil.example'></iframe>",
            "<iframe srcdoc='evil'></iframe>",
            "<object data='http://evil.example'></object>",
            "<embed src='http://evil.example'/>",
            "<table background='http://evil.example'></table>",
            "<div style='background: URL( \"http://evil.example\" )'>x</div>",
            "<div style='background: u\\72l(http://evil.example)'>x</div>",
            "<div style='background: url(http://evil.example'>x</div>",
            "<style>@import 'http://evil.example';</style>",
            "<style>.a { background: url(http://evil.example/a) }</style>",
            "<link rel='stylesheet' href='http://evil.example'/>",
            "<svg><image xlink:href='http://evil.example'/></svg>",
            "<svg><rect fill='url(http://evil.example#a)'/></svg>",
            "<meta http-equiv='refresh' content='0; url=http://evil.example'/>",
            "<base href='http://evil.example'/>",
        ):
            with self.subTest(body):
                self.assertNotIn("evil", self._strip(body))

    def test_odoos_own_and_pictures_stay(self):
        for body in (
            '<img src="/web/image/12-abc/plan.png">',
            f'<img src="{ODOO}/web/image/12">',
            '<img src="/report/barcode/QR/x">',
            '<img src="data:image/png;base64,aa">',
            '<img src="data:image/jpg;base64,aa">',
            '<link href="/web/assets/1/report.css">',
            '<script src="/web/static/src/x.js"></script>',
            '<div style="color: red">été</div>',
            '<a href="http://client.example">site</a>',
            "<script>if (1 < 2 && 3 > 2) { a() }</script>",
        ):
            with self.subTest(body):
                self.assertIn(body, self._strip(body))

    def test_files_kept_elsewhere_are_not_fetched(self):
        for path in ("/web/image/13", "/web/content/13", "/web/image/ir.attachment/13/datas"):
            self.assertNotIn("13", self._strip(f"<img src='{path}'/>", remote={13}))
        path = "/web/image?model=ir.attachment&amp;id=13"
        self.assertNotIn("13", self._strip(f"<img src='{path}'/>", remote={13}))


class Listener(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install")
class TestPrinting(SercomRequestsCommon):
    """Printing a quote that a user wrote addresses in calls none of them."""

    def test_printer_fetches_no_written_address(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        server.asked = []
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        attachment = self.env["ir.attachment"].create(
            {"name": "a.png", "type": "url", "url": f"{address}/attachment.png"}
        )
        body = (
            f"<p>Tank</p><img src='{address}/img.png'/>"
            f"<div style='background-image: url({address}/css.png); height: 9px'>x</div>"
            f"<img src='/web/image/{attachment.id}'/>"
            f"<img src='data:image/png;base64,{PIXEL.decode()}'/>"
        )
        quote = self._create_quote(scope=body, note=body, sla_text=body)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf("sale.action_report_saleorder", quote.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(server.asked, [])
