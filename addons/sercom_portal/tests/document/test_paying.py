from lxml import html

from odoo import Command, fields
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_billing.tests.common import DAY

from ..common import PortalCommon


@tagged("post_install", "-at_install")
class TestPaying(HttpCase, PortalCommon):
    """What a client pays on the pages: what is left, by whichever way they came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["payment.provider"].search([]).state = "disabled"
        cls.invoice = cls._complete_and_bill()
        cls.invoice.button_draft()
        # Its number goes: yesterday may be of another year.
        cls.invoice.write(
            {"partner_id": cls.client.id, "invoice_payment_term_id": False, "name": False}
        )
        cls.invoice.invoice_date_due = cls.invoice.invoice_date = fields.Date.today() - DAY
        cls.env.company.phone = "+1 514 555 0100"
        cls.invoice.action_post()
        cls.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        cls.left = cls.invoice.amount_total - 150

    @classmethod
    def _enable_provider(cls):
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='x' method='post'/>"}
        )
        provider = cls.env["payment.provider"].create(
            {
                "name": "Card",
                "code": "none",
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(method.ids)],
                "redirect_form_view_id": form.id,
            }
        )
        method.active = True
        return provider

    def _pay_in_part(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({"amount": 150}).action_create_payments()
        self.assertEqual(self.invoice.amount_residual, self.left)

    def _open(self, url):
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        return html.fromstring(answer.text)

    def _get_form(self, url):
        forms = self._open(url).xpath("//form[@id='o_payment_form']")
        self.assertEqual(len(forms), 1, url)
        return forms[0].attrib

    def _pay(self, form, provider, amount, **kwargs):
        return self.make_jsonrpc_request(
            form["data-transaction-route"],
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids.id,
                "token_id": None,
                "amount": amount,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": form["data-landing-route"],
                **({"access_token": form["data-access-token"]} if kwargs == {} else kwargs),
            },
        )

    def test_what_is_overdue_is_paid_by_what_is_left(self):
        provider = self._enable_provider()
        self.authenticate("client", "client")
        form = self._get_form("/my/invoices/overdue")
        self._pay_in_part()
        # The page of before the first payment.
        self._pay(form, provider, self.invoice.amount_total, payment_reference="x")
        self.assertEqual(self.invoice.transaction_ids.amount, self.left)
        self.assertEqual(form["data-landing-route"], "/my/invoices?paid=1")
        self.invoice.transaction_ids.state = "done"
        thanks = self._open(form["data-landing-route"]).text_content()
        self.assertIn("We have received your payment of $ 325.00", thanks.replace("\xa0", " "))

    def test_every_road_to_an_invoice_pays_it(self):
        """Also that of who has signed in, whose address has no token."""
        provider = self._enable_provider()
        self._pay_in_part()
        self.authenticate("client", "client")
        page = self._open(f"/my/requests/{self.file.id}")
        link = page.xpath(f"//a[contains(@href, '/my/invoices/{self.invoice.id}')]/@href")[0]
        for url in (link, f"/my/invoices/{self.invoice.id}", self.invoice.get_portal_url()):
            with self.subTest(url=url):
                form = self._get_form(url)
                self.assertEqual(float(form["data-amount"]), self.left)
                self.assertEqual(form["data-access-token"], self.invoice.access_token)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay(form, provider, self.left + 1)
        self.assertFalse(self.invoice.transaction_ids)
        self._pay(form, provider, self.left)
        self.assertEqual(self.invoice.transaction_ids.amount, self.left)

    def test_an_old_link_of_an_order_asks_for_what_is_left(self):
        provider = self._enable_provider()
        self.open_quote.require_signature = False
        total = self.open_quote.amount_total
        url = self.open_quote.get_portal_url(query_string=f"&payment_amount={total}")
        self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids.id,
                "reference": "paid",
                "amount": 100,
                "currency_id": self.open_quote.currency_id.id,
                "partner_id": self.client.id,
                "sale_order_ids": [Command.set(self.open_quote.ids)],
                "state": "done",
            }
        )
        form = self._get_form(url)
        self.assertEqual(float(form["data-amount"]), total - 100)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay(form, provider, total)

    def test_nobody_is_sent_to_pay_where_nothing_takes_money(self):
        self.authenticate("client", "client")
        url = f"/my/invoices/{self.invoice.id}"
        for page in ("/my", "/my/invoices", url, f"/my/requests/{self.file.id}"):
            text = self._open(page).text_content()
            with self.subTest(page=page):
                for word in ("Pay Now", "Pay overdue", "and pay"):
                    self.assertNotIn(word, text)
        self.assertIn("call us", self._open(url).text_content())
        self._enable_provider()
        for page in ("/my", "/my/invoices", url):
            self.assertIn("Pay Now", self._open(page).text_content(), page)
