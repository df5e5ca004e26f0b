from datetime import timedelta

from freezegun import freeze_time
from lxml import html
from markupsafe import Markup

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MailCommon

from ..common import PortalCommon


@tagged("post_install", "-at_install")
class TestPay(HttpCase, MailCommon, PortalCommon):
    """A client pays what they owe, by each road; their links open nothing but documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='dummy' method='post'/>"}
        )
        cls.env["payment.provider"].create(
            {
                "name": "Test",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(method.ids)],
                "redirect_form_view_id": form.id,
            }
        )
        method.active = True
        cls.method = method
        cls.invoice = cls._invoice(308.13)

    @classmethod
    def _invoice(cls, amount):
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.client.id,
                "invoice_date": fields.Date.today() - timedelta(days=60),
                "invoice_date_due": fields.Date.today() - timedelta(days=30),
                "service_file_id": cls.file.id,
                "invoice_line_ids": [
                    Command.create({"name": "Work", "price_unit": amount, "tax_ids": False})
                ],
            }
        )
        move.invoice_payment_term_id = False
        move.invoice_date_due = fields.Date.today() - timedelta(days=30)
        move.action_post()
        return move

    def _pay_part(self, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({"amount": amount}).action_create_payments()

    def test_overdue_is_what_is_left(self):
        self._pay_part(150)
        self.assertAlmostEqual(self.invoice.amount_residual, 158.13)
        self.authenticate("client", "client")
        page = self.url_open("/my/invoices/overdue").text
        self.assertIn("158.13", page)
        self.assertNotIn("308.13", page)
        self.make_jsonrpc_request(
            "/invoice/transaction/overdue",
            {
                "payment_reference": self.invoice.name,
                "provider_id": self.env["payment.provider"].search([("name", "=", "Test")]).id,
                "payment_method_id": self.method.id,
                "token_id": None,
                "amount": 308.13,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": "/my/invoices/",
            },
        )
        payment = self.invoice.transaction_ids
        self.assertAlmostEqual(payment.amount, 158.13, msg="whatever the browser sends")

    def test_from_the_page_of_the_need(self):
        self.authenticate("client", "client")
        page = html.fromstring(self.url_open(f"/my/requests/{self.file.id}").text)
        [url] = [
            one
            for one in page.xpath("//section[@id='invoices']//a/@href")
            if one.endswith(f"/my/invoices/{self.invoice.id}")
        ]
        page = html.fromstring(self.url_open(url).text)
        tokens = page.xpath("//form[@id='o_payment_form']/@data-access-token")
        self.assertEqual(tokens, [self.invoice.access_token])
        self.assertTrue(tokens[0])

    def test_a_posted_invoice_is_no_pro_forma(self):
        self.authenticate("client", "client")
        url = f"/my/invoices/{self.invoice.id}?report_type=html"
        page = html.fromstring(self.url_open(url).content).text_content()
        self.assertIn(self.invoice.name, page)
        self.assertNotIn("Proforma", page)

    def test_an_e_mail_of_a_document_opens_no_account(self):
        self.env["ir.config_parameter"].sudo().set_param("auth_signup.invitation_scope", "b2c")
        newcomer = self._create_partner("Rita Forward")
        order = self._create_quote(partner_id=newcomer.id)
        with freeze_time(fields.Datetime.now()), self.mock_mail_gateway():
            order.message_post(
                body=Markup("<p>Your quote</p>"),
                partner_ids=newcomer.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        mail = self._new_mails.filtered(lambda mail: newcomer in mail.recipient_ids)
        bodies = " ".join([*mail.mapped("body_html"), *(one["body"] for one in self._mails)])
        self.assertIn("access_token", bodies)
        self.assertNotIn("auth_signup_token", bodies)
