from odoo.tests import tagged

from odoo.addons.sercom.tests.test_tours import TourCase

from .common import BankCommon


@tagged("post_install", "-at_install", "slow")
class TestBankTour(TourCase, BankCommon):
    """The accountant matches a line of the bank with an invoice, at a desk."""

    browser_size = "1366x768"

    def test_a_line_is_matched_with_its_invoice(self):
        self._speak_english("accountant")
        line = self._create_statement(("INTERAC MARIE", self.due, self.client_partner))
        self.start_tour("/odoo", "sercom_reconcile_bank", login="role_accountant", timeout=120)
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.invoice.payment_state, "paid")
