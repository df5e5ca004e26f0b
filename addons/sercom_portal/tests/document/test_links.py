from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import PortalCommon


@tagged("post_install", "-at_install")
class TestQuoteLinks(HttpCase, MailCommon, PortalCommon):
    """A quote by e-mail: what its links open, what the client reads, who is told of the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.estimator = cls._create_user(
            "sercom_estimator",
            "sales_team.group_sale_salesman,fieldservice.group_fsm_user",
        )
        cls._tell_chatters()
        cls.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        cls.building.partner_id.tz = "America/Montreal"
        # A client who has no login.
        cls.newcomer = cls._create_partner("Priya Nair", lang="fr_CA", tz="America/Montreal")
        request = cls._create_request(
            partner_id=cls.newcomer.id, name="Chauffe-eau", fsm_location_id=cls.building.id
        )
        cls.order = cls._create_quote(
            partner_id=cls.newcomer.id,
            opportunity_id=request.id,
            user_id=cls.estimator.id,
            fsm_location_id=cls.building.id,
        )

    def _send(self, order=None):
        """Send the quote as the estimator does; the e-mail to the client."""
        order = order or self.order
        action = order.with_user(self.estimator).action_quotation_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.estimator)
            .with_context(**action["context"])
            .create({})
        )
        with self.mock_mail_gateway():
            composer._action_send_mail()
        return self._find_mails(order.partner_id)

    def _find_mails(self, partner):
        return [mail for mail in self._mails if partner.email in str(mail["email_to"])]

    def _open(self, url):
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        return answer.text

    def _get_link(self):
        return self.order.get_portal_url()

    def _sign(self):
        return self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {
                "access_token": self.order.access_token,
                "name": "Priya Nair",
                "signature": PIXEL.decode(),
            },
        )

    def _get_refusal_token(self):
        page = html.fromstring(self._open(self._get_link()))
        return page.xpath("//form[@id='decline']/input[@name='csrf_token']/@value")[0]

    def _refuse(self, token):
        return self.url_open(
            f"/my/orders/{self.order.id}/decline?access_token={self.order.access_token}",
            data={"csrf_token": token, "decline_message": "Trop cher"},
        )

    def test_the_office_is_told_once_that_a_quote_was_opened(self):
        self._send()
        with self.mock_mail_gateway():
            for _visit in range(3):
                self.authenticate(None, None)  # a fresh browser
                self._open(self._get_link())
        self.assertEqual(
            [mail["subject"] for mail in self._find_mails(self.estimator.partner_id)],
            [f"Priya Nair opened {self.order.name}"],
        )
        viewed = self.env.ref("sale.mt_order_viewed")
        told = self.order.message_ids.filtered(lambda message: message.subtype_id == viewed)
        self.assertEqual(len(told), 1)

    def test_an_approval_is_told_once_and_is_somebody_s_to_do(self):
        self._send()
        with self.mock_mail_gateway():
            self._sign()
        self.assertEqual(self.order.state, "sale")
        mails = self._find_mails(self.estimator.partner_id)
        self.assertEqual(
            [mail["subject"] for mail in mails], [f"Priya Nair approved {self.order.name}"]
        )
        self.assertEqual(len(self._find_mails(self.newcomer)), 1)
        self.assertNotIn("on the screen of", "".join(self.order.message_ids.mapped("body")))
        activity = self.order.activity_ids
        self.assertEqual(activity.user_id, self.estimator)
        self.assertEqual(activity.summary, f"Priya Nair approved {self.order.name}")

    def test_a_signature_on_the_firms_screen_is_told_from_the_clients(self):
        self._send()
        self.authenticate(self.estimator.login, self.estimator.login)
        self._sign()
        self.assertEqual((self.order.state, self.order.signed_by), ("sale", "Priya Nair"))
        notes = self.order.message_ids.mapped("body")
        wanted = f"Signed as Priya Nair on the screen of {self.estimator.name}"
        self.assertTrue([note for note in notes if wanted in note], notes)

    def test_a_refusal_is_told_once_and_stays_on_the_page(self):
        self._send()
        token = self._get_refusal_token()
        with self.mock_mail_gateway():
            self._refuse(token)
        mails = self._find_mails(self.estimator.partner_id)
        self.assertEqual(
            [mail["subject"] for mail in mails], [f"Priya Nair refused {self.order.name}"]
        )
        self.assertEqual(self.order.activity_ids.user_id, self.estimator)
        row = self.order.service_file_id.sudo()._get_portal_quotes(self.newcomer)[0]
        self.assertEqual((row["label"], row["refusal_reason"]), ("Refused", "Trop cher"))
        link = self.order.service_file_id._get_portal_link(self.newcomer)
        page = self._open(link.replace(self.order.get_base_url(), ""))
        for text in (self.order.name, "Trop cher"):
            self.assertIn(text, page)
        # The firm's own loss of a quote is none of the client's.
        self.order.refused_on = False
        self.assertFalse(self.order.service_file_id.sudo()._get_portal_quotes(self.newcomer))

    def test_the_quote_leads_to_its_need(self):
        self._send()
        page = html.fromstring(self._open(self._get_link()))
        # Nothing that asks for a login, and no key to another page.
        self.assertFalse(page.xpath("//a[starts-with(@href, '/my/quotes')]"))
        self.assertNotIn("/my/requests/", html.tostring(page).decode())
        form = page.xpath("//div[@id='next_step']//form")[0]
        token = form.xpath(".//input[@name='csrf_token']/@value")[0]
        with self.mock_mail_gateway():
            answer = self.url_open(form.attrib["action"], data={"csrf_token": token})
        self.assertIn("on its way", answer.text)
        self.assertEqual(self._new_mails.recipient_ids, self.newcomer)
        self.assertIn("/my/requests/", self._new_mails.body_html)
        self.assertNotIn("/my/requests/", self._open(self._get_link()))
        self.authenticate("client", "client")
        self.open_quote._portal_ensure_token()
        page = self._open(f"/my/orders/{self.open_quote.id}")
        self.assertIn(f'href="/my/requests/{self.file.id}"', page)

    def test_the_words_are_the_product_s(self):
        mails = self._send()
        with self.mock_mail_gateway():
            self._sign()
        mails += self._find_mails(self.newcomer)
        self.assertEqual(len(mails), 2)
        for mail in mails:
            for word in ("Quotation", "Sales Order", "Devis", "devis", "Commande", "Bon de"):
                self.assertNotIn(word, mail["subject"] + mail["body"], word)
        self.authenticate("client", "client")
        self.assertIn("Your Approved Quotes", self._open("/my"))
        pages = ("/my/quotes", "/my/orders", self.quote.get_portal_url())
        for url in (*pages, self.open_quote.get_portal_url(), self._get_link()):
            text = " ".join(html.fromstring(self._open(url)).xpath("//main//text()"))
            for word in ("Quotation", "quotation", "Sales Order", "Your Orders", "order "):
                self.assertNotIn(word, " ".join(text.split()), url)

    def test_an_evening_in_montreal_is_that_day(self):
        self._send()
        self._sign()
        self.order.date_order = "2026-11-30 01:56:00"
        page = html.fromstring(self._open(self._get_link()))
        info = page.xpath("//tbody[@id='sale_info_table']")[0].text_content()
        self.assertIn("29", info)
        self.assertNotIn("30", info)
        row = self.order.service_file_id.sudo()._get_portal_quotes(self.newcomer)[0]
        self.assertEqual(row["date"], "11/29/2026")

    def test_no_address_leaves_the_firm_by_itself(self):
        parameters = self.env["ir.config_parameter"]
        key = "crm.iap.lead.enrich.setting"
        self.assertEqual(parameters.get_param(key), "manual")
        parameters.set_param(key, "auto")
        self.env["crm.lead"]._enrich_on_demand_only()
        self.assertEqual(parameters.get_param(key), "auto", "what the firm chose")
