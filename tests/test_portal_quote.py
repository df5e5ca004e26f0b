from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import PIXEL, SercomCommon

SIGNATURE = PIXEL.decode()


@tagged("post_install", "-at_install")
class TestPortalQuote(HttpCase, MailCommon, SercomCommon):
    """The client reads a quote from its e-mail, signs it, and the work is sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product_hour.standard_price = 71.43
        cls.order = cls._create_quote(
            scope="<p>Replace the tank. Permit not included.</p>",
            sla_text="<p>Done within five days.</p>",
            service_notes="<p>Client pays late.</p>",
            require_signature=True,
            require_payment=False,
        )
        cls.file = cls.order.service_file_id

    def _send(self):
        """Send the quote from its button; the message the client gets."""
        order = self.order.with_user(self.users["estimator"])
        action = order.action_quotation_send()
        composer = (
            order.env["mail.compose.message"]
            .with_context(**action["context"], force_report_rendering=True)
            .create({})
        )
        with self.mock_mail_gateway():
            composer.action_send_mail()
        address = self.client_partner.email
        sent = [mail for mail in self._mails if address in "".join(mail["email_to"])]
        self.assertEqual(len(sent), 1)
        return sent[0]

    def _open(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return response.text

    def _accept(self, token, signature=SIGNATURE):
        params = {"access_token": token, "name": "Marie Tremblay", "signature": signature}
        return self.make_jsonrpc_request(f"/my/orders/{self.order.id}/accept", params)

    def test_from_the_email_to_the_job(self):
        mail = self._send()
        self.assertEqual((self.order.state, self.file.state), ("sent", "quoted"))
        self.assertEqual(mail["attachments"][0][2], "application/pdf")
        links = html.fromstring(mail["body"]).xpath("//a/@href")
        link = next(link for link in links if "/mail/view" in link or "/my/orders" in link)

        page = self._open(link)
        text = html.fromstring(page).text_content()
        self.assertIn(self.order.name, text)
        for shown in ("Duplex Saint-Denis", "Permit not included", "within five days"):
            self.assertIn(shown, text)
        for secret in ("Client pays late", "71.43", "71,43"):
            self.assertNotIn(secret, page)

        self.assertIn("error", self._accept("not-the-token"))
        self.assertEqual(self.order.state, "sent", "a stranger does not sign")
        self.assertIn("error", self._accept(self.order.access_token, signature=""))
        answer = self._accept(self.order.access_token)
        self.assertTrue(answer.get("force_refresh"), answer)

        self.assertRecordValues(
            self.order,
            [{"state": "sale", "quote_status": "sold", "signed_by": "Marie Tremblay"}],
        )
        job = self.order.fsm_order_ids
        self.assertRecordValues(
            job,
            [
                {
                    "state": "to_plan",
                    "service_file_id": self.file.id,
                    "location_id": self.site.id,
                    "sold_hours": 3.0,
                }
            ],
        )
        self.assertIn("Permit not included", job.description)
        self.assertIn("Client pays late", job.todo)
        self.assertEqual(self.file.state, "sold")
        self._accept(self.order.access_token)
        self.assertEqual(self.order.fsm_order_ids, job, "signing twice makes one job")

    def test_declined_quote_is_lost(self):
        self._send()
        self.url_open(
            f"/my/orders/{self.order.id}/decline",
            data={
                "access_token": self.order._portal_ensure_token(),
                "decline_message": "Too dear",
                "csrf_token": self._get_csrf_token(),
            },
        )
        self.assertEqual((self.order.quote_status, self.file.state), ("lost", "lost"))
        self.assertFalse(self.order.fsm_order_ids)

    def _get_csrf_token(self):
        """Token of the form on the client's page."""
        page = html.fromstring(self._open(self.order.get_portal_url()))
        return page.xpath("//input[@name='csrf_token']/@value")[0]
