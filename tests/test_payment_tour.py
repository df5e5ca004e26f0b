from odoo.tests import tagged

from odoo.addons.sercom_billing.tests.common import BillingCommon

from .quebec import QuebecCommon
from .test_tours import TourCase


@tagged("post_install", "-at_install")
class TestPaymentPhone(TourCase, QuebecCommon, BillingCommon):
    """The client pays with a phone, from the link of a pro forma or of an invoice."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.company.id)]
        )
        cls.hourly = cls._create_hourly_job(hours=2.0)
        cls.order = cls.hourly.sale_id
        cls.hourly.sale_line_ids.tax_ids = cls.tax
        cls.client_partner.lang = "en_US"

    def _get_path(self, url):
        return url.replace(self.order.get_base_url(), "")

    def _tour(self, url, name):
        self.start_tour(self._get_path(url), name, login=None, timeout=120)
        self.env["payment.transaction"]._cron_post_process()
        self.env.invalidate_all()

    def test_a_part_by_the_pro_forma_and_the_rest_by_the_invoice(self):
        self.assertTrue(self.provider, "Odoo's provider for demonstrations is installed.")
        self.assertEqual(self.order.amount_total, 275.94)
        link = self.order.pro_forma_url.replace(
            f"payment_amount={self.order.amount_pro_forma}", "payment_amount=100.0"
        )
        self._tour(link, "sercom_pay_pro_forma")
        self.assertEqual(self.order.amount_paid, 100.0)
        self.assertAlmostEqual(self.order.amount_pro_forma, 175.94, 2)
        self.assertFalse(self.order.invoice_ids, "Nothing is posted by a pro forma.")

        self._work(self.hourly, 2)
        self._complete(self.hourly)
        move = self._bill(self.hourly, post=True)
        self.assert_taxes(move, 240.0, 12.0, 23.94)
        self.assertAlmostEqual(move.amount_residual, 175.94, 2)

        self._tour(f"{move.get_base_url()}{move.get_portal_url()}", "sercom_pay_invoice")
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.assertEqual(move.amount_residual, 0.0)
        self.assertEqual(sum(move.transaction_ids.mapped("amount")), 275.94)
        receipt, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_payment_receipt", move.matched_payment_ids[-1:].ids
        )
        self.assertIn(move.name, receipt.decode())
        self._assert_ledger(self.hourly)
