from odoo import fields
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestCreditNotes(SercomJobsCommon):
    """Every line of a credit note, or of what replaces an invoice, keeps its job and its file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_billable_job()
        cls.job.action_complete()
        cls.move = cls.env["account.move"].browse(cls.job.action_convert_to_invoice()["res_id"])
        cls.move.action_post()

    def _reverse(self, moves, button, **vals):
        """Press a button of Odoo's dialog as who bills, and answer the documents it made."""
        context = {"active_model": "account.move", "active_ids": moves.ids}
        Wizard = self.env["account.move.reversal"].with_user(self.user_accountant)
        with Form(Wizard.with_context(**context)) as form:
            form.reason = "Wrong price"
            for name, value in vals.items():
                form[name] = value
        wizard = form.save()
        getattr(wizard, button)()
        return wizard.new_move_ids.sudo()

    def _assert_of_job(self, move, jobs=None):
        jobs = jobs or self.job
        lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        self.assertTrue(lines)
        for line in lines:
            self.assertEqual(line.fsm_order_id, line.sale_line_ids.fsm_order_id)
            self.assertTrue(line.fsm_order_id)
        self.assertEqual(move.fsm_order_ids, jobs)
        self.assertEqual(move.service_file_id, jobs.service_file_id)
        for job in jobs:
            self.assertIn(move, job.invoice_ids)

    def test_reversed(self):
        credit = self._reverse(self.move, "refund_moves")
        self.assertEqual((credit.move_type, credit.state), ("out_refund", "draft"))
        self._assert_of_job(credit)
        self.assertEqual(self.job.invoice_count, 2)

    def test_reversed_and_made_again(self):
        invoice = self._reverse(self.move, "modify_moves")
        self.assertEqual((invoice.move_type, invoice.state), ("out_invoice", "draft"))
        self._assert_of_job(invoice)
        credit = self.move.reversal_move_ids
        self.assertEqual(credit.state, "posted")
        self._assert_of_job(credit)
        self.assertEqual(self.job.invoice_count, 3)

    def test_reversed_on_a_later_day(self):
        later = fields.Date.add(fields.Date.context_today(self.move), days=10)
        for button in ("refund_moves", "modify_moves"):
            for move in self._reverse(self.move, button, date=later):
                self._assert_of_job(move)
        for credit in self.move.reversal_move_ids:
            self._assert_of_job(credit)

    def test_two_invoices_at_once(self):
        other = self._create_billable_job()
        other.action_complete()
        move = self.env["account.move"].browse(other.action_convert_to_invoice()["res_id"])
        move.action_post()
        for new in self._reverse(self.move | move, "modify_moves"):
            self._assert_of_job(new, new.line_ids.sale_line_ids.fsm_order_id)
        self._assert_of_job(move.reversal_move_ids, other)

    def test_credit_of_a_credit(self):
        credit = self._reverse(self.move, "refund_moves")
        credit.action_post()
        self._assert_of_job(self._reverse(credit, "modify_moves"))

    def test_a_duplicate_bills_no_job(self):
        copy = self.move.copy()
        self.assertFalse(copy.fsm_order_ids)
        self.assertFalse(copy.line_ids.fsm_order_ids)

    def test_a_job_credited_in_full_is_cancelled(self):
        credit = self._reverse(self.move, "refund_moves")
        with self.assertRaisesRegex(Exception, "is invoiced"):
            self.job.action_cancel()
        credit.action_post()
        self.job.with_user(self.user_dispatcher).action_cancel()
        self.assertEqual(self.job.state, "cancelled")
        self.assertEqual(set(self.job.sale_line_ids.mapped("qty_to_invoice")), {0.0})
