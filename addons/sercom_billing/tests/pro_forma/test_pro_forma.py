from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestProForma(BillingCommon):
    """Printed, sent and paid online; it posts nothing, and the invoice deducts what was paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.order = cls.hourly.sale_id

    def _count_moves(self):
        return self.env["account.move"].search_count([])

    def _pay(self, amount):
        """As the client's payment on the portal page does: a transaction, and its payment."""
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.client_partner.id,
                "amount": amount,
                "journal_id": journal.id,
            }
        )
        payment.outstanding_account_id = self.env["account.account"].search(
            [("account_type", "=", "asset_current"), ("company_ids", "in", self.company.ids)],
            limit=1,
        )
        payment.action_post()
        method = self.env["payment.method"].with_context(active_test=False).search([], limit=1)
        provider = self.env["payment.provider"].create(
            {"name": "Card", "code": "none", "payment_method_ids": [Command.set(method.ids)]}
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": amount,
                "currency_id": self.order.currency_id.id,
                "partner_id": self.client_partner.id,
                "reference": f"{self.order.name}-{amount}",
                "sale_order_ids": [Command.set(self.order.ids)],
                "payment_id": payment.id,
                "state": "done",
            }
        )

    def test_it_is_printed_and_posts_nothing(self):
        moves = self._count_moves()
        action = self.hourly.with_user(self.user_biller).action_print_pro_forma()
        self.assertEqual(action["report_name"], "sale.report_saleorder_pro_forma")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            action["report_name"], self.order.ids
        )
        page = html.decode()
        self.assertIn("Pro-Forma", page)
        self.assertIn(self.order.name, page)
        self.assertEqual(self._count_moves(), moves)
        self.assertFalse(self.order.invoice_ids)

    def test_it_is_sent_with_a_link_to_pay(self):
        action = self.hourly.with_user(self.user_biller).action_send_pro_forma()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.user_biller)
            .with_context(**action["context"])
        )
        mail = composer.save()
        self.assertIn(f"payment_amount={self.order.amount_total}", mail.body.replace("&amp;", "&"))
        self.assertIn("access_token=", mail.body)
        self.assertEqual(mail.partner_ids, self.client_partner)
        self.assertEqual(len(mail.attachment_ids), 1)
        self.assertTrue(mail.attachment_ids.name.startswith("Pro forma"))
        self.assertFalse(self.order.invoice_ids)

    def test_of_a_quote_too(self):
        quote = self._create_quote()
        quote.with_user(self.user_biller).action_send_pro_forma()
        self.assertEqual(quote.state, "draft")
        self.assertEqual(quote.amount_pro_forma, quote.amount_total)

    def test_what_was_paid_is_deducted(self):
        total = self.order.amount_total
        self._pay(100.0)
        self.assertAlmostEqual(self.order.amount_pro_forma, total - 100.0)
        self._work(self.hourly, 3)
        move = self._bill(self.hourly, post=True)
        self.assertAlmostEqual(move.amount_residual, move.amount_total - 100.0)
        self.env.invalidate_all()
        self.assertEqual(self.order.amount_pro_forma, 0.0, "All of it is invoiced.")
        self.assertFalse(self.order.pro_forma_url)

    def test_what_was_paid_is_deducted_from_an_invoice_for_several_jobs(self):
        self._pay(100.0)
        other = self._create_hourly_job(hours=1.0)
        self._work(self.hourly, 3)
        self._work(other, 1, self.start.replace(day=2))
        jobs = other | self.hourly
        made, failures = jobs._bill_together()
        self.assertFalse(failures)
        moves = self.env["account.move"].union(*made.values())
        moves.action_post()
        self.assertEqual(len(moves), 1)
        self.assertAlmostEqual(moves.amount_residual, moves.amount_total - 100.0)

    def test_nothing_to_pay(self):
        with self.assertRaises(UserError):
            self._create_job().action_send_pro_forma()
        self.hourly.sale_line_ids.price_unit = 0.0
        with self.assertRaisesRegex(UserError, "no price"):
            self.hourly.action_print_pro_forma()

    def test_who_sends_it(self):
        self._assign(self.hourly, start=self.start + DAY)
        with self.assertRaises(AccessError):
            self.hourly.with_user(self.user_technician).action_send_pro_forma()
