from odoo import fields
from odoo.tests import Form, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestInvoiceFile(SercomRequestsCommon):
    """Which file an invoice counts in: that of what it bills or credits, and no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quote = cls._create_quote()
        cls.quote.action_convert_to_invoice()
        cls.move = cls.quote.invoice_ids
        cls.move.action_post()
        cls.file = cls.quote.service_file_id
        cls.other = cls.env["res.partner"].create({"name": "Paul Roy"})

    def test_a_duplicate_for_another_client_counts_in_no_file(self):
        copy = self.move.with_user(self.user_accountant).copy()
        self.assertFalse(copy.service_file_id)
        form = Form(copy)
        form.partner_id = self.other
        form.save().action_post()
        self.assertEqual(self.file.amount_invoiced, self.move.amount_total)

    def test_a_credit_note_and_an_invoice_made_again_stay_in_the_file(self):
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.user_accountant)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"journal_id": self.move.journal_id.id, "date": fields.Date.today()})
        )
        wizard.modify_moves()
        moves = self.env["account.move"].search([("service_file_id", "=", self.file.id)])
        kinds = sorted(moves.mapped("move_type"))
        self.assertEqual(kinds, ["out_invoice", "out_invoice", "out_refund"])
        refund = moves.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(refund.reversed_entry_id, self.move)

    def test_an_invoice_by_hand_given_to_another_client_leaves_the_file(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "service_file_id": self.file.id,
            }
        )
        form = Form(move.with_user(self.user_accountant))
        form.partner_id = self.other
        form.save()
        self.assertFalse(move.service_file_id)

    def test_the_bill_of_an_order_stays_whoever_pays(self):
        """An insurer pays what was done for the client."""
        quote = self._create_quote()
        quote.action_convert_to_invoice()
        form = Form(quote.invoice_ids.with_user(self.user_accountant))
        form.partner_id = self.other
        form.save()
        self.assertEqual(quote.invoice_ids.service_file_id, quote.service_file_id)
