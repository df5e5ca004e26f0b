from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import HandOverCommon


@tagged("post_install", "-at_install")
class TestBatch(HandOverCommon):
    """Pending, sent, never twice; what changed since is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_month()

    def _get_changed(self):
        self.Line.with_user(self.user_accountant).action_view_changes()
        return self.Line.search([("is_changed", "=", True)])

    def test_what_waits_is_sent_once(self):
        draft = self._invoice([(self.product_part, 1, 40.0, 0)], post=False)
        old = self._invoice(
            [(self.product_part, 1, 40.0, 0)], invoice_date="2026-10-31", date="2026-10-31"
        )
        self.assertEqual(set(self.moves.mapped("accounting_state")), {"pending"})
        batch = self._prepare()
        lines = batch.line_ids
        self.assertEqual(lines.move_id, self.moves)
        self.assertEqual(lines.payment_id, self.payments)
        self.assertEqual(lines.partner_id, self.zoe | self.formula | self.client_partner)
        self.assertEqual(lines.product_id, self.products)
        self.assertFalse((draft | old) & lines.move_id)
        self.assertEqual(set(self.moves.mapped("accounting_state")), {"batch"})
        batch.action_send()
        self.assertEqual((batch.state, batch.sent_by_id), ("sent", self.user_accountant))
        self.assertEqual(set(self.moves.mapped("accounting_state")), {"sent"})
        self.assertEqual(set(self.payments.mapped("accounting_state")), {"sent"})
        with self.assertRaisesRegex(UserError, "waits"):
            self._prepare()
        later = self._invoice([(self.product_part, 2, 40.0, 0)], self.zoe)
        second = self._prepare()
        self.assertEqual(second.line_ids.move_id, later)
        self.assertEqual(set(second.line_ids.mapped("content")), {"invoice"})

    def test_the_database_refuses_a_second_time(self):
        batch = self._prepare()
        batch.action_send()
        line = batch.sudo().line_ids.filtered("move_id")[:1]
        other = self._prepare(line_ids=line.ids, reason="Lost")
        for record in ("move_id", "payment_id", "partner_id", "product_id"):
            line = batch.sudo().line_ids.filtered(record)[:1]
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                line.copy({"batch_id": other.id})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            batch.sudo().line_ids.filtered("payment_id")[:1].copy(
                {"batch_id": other.id, "sending": 2, "reason": False}
            )

    def test_another_program_is_told_of_clients_and_items(self):
        self._prepare("qbo").action_send()
        later = self._invoice([(self.product_part, 2, 40.0, 0)], self.zoe)
        batch = self._prepare("iif")
        self.assertEqual(batch.line_ids.move_id, later)
        self.assertEqual(batch.line_ids.partner_id, self.zoe)
        self.assertEqual(batch.line_ids.product_id, self.product_part)
        batch.action_send()
        adapted = self._get_layout("iif").with_user(self.user_accountant).copy()
        self._invoice([(self.product_part, 3, 40.0, 0)], self.zoe)
        self.assertEqual(
            self._prepare(layout_id=adapted.id).line_ids.mapped("content"), ["invoice"]
        )

    def test_fetched_again_as_it_was(self):
        batch = self._prepare()
        batch.action_send()
        before = self._get_files(batch)
        self.first.button_draft()
        self.assertEqual(self._get_files(batch), before)
        url = batch.file_ids[:1].action_download()["url"]
        self.assertIn(f"/content/{batch.file_ids[:1].name}", url)

    def test_a_pending_batch_frees_what_is_in_it(self):
        batch = self._prepare()
        batch.unlink()
        self.assertEqual(set(self.moves.mapped("accounting_state")), {"pending"})
        batch = self._prepare()
        batch.action_send()
        with self.assertRaisesRegex(UserError, batch.name):
            batch.unlink()
        with self.assertRaisesRegex(UserError, batch.name):
            batch.action_send()
        with self.assertRaisesRegex(UserError, batch.name):
            batch.action_refresh()

    def test_changed_between_files_and_sending(self):
        batch = self._prepare()
        self.second.button_draft()
        self.second.invoice_line_ids.price_unit = 25.0
        with self.assertRaisesRegex(UserError, self.second.name):
            batch.action_send()
        batch.action_refresh()
        self.assertNotIn(self.second, batch.line_ids.move_id)
        batch.action_send()
        self.second.action_post()
        self.assertEqual(self._prepare().line_ids.move_id, self.second)

    def test_what_changed_after_it_was_sent(self):
        self._prepare().action_send()
        self.assertFalse(self._get_changed())
        # To be paid is no change of an invoice.
        self._pay(self.second)
        self.assertFalse(self._get_changed())
        self.second.button_draft()
        self.second.invoice_line_ids.price_unit = 25.0
        self.second.action_post()
        self.zoe.phone = "+1 514 555 0200"
        changed = self._get_changed()
        self.assertEqual((changed.move_id, changed.partner_id), (self.second, self.zoe))
        words = "\n".join(changed.mapped("change_text"))
        self.assertIn("Total: 68.95 → 86.23", words)
        self.assertIn("+1 514 555 0177 → +1 514 555 0200", words)
        self.zoe.phone = "+1 514 555 0177"
        self.assertEqual(self._get_changed().move_id, self.second)

    def test_who_reads_it_in_french_changes_nothing(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.product_part.with_context(lang="fr_CA").name = "Robinet"
        self._prepare().action_send()
        self.user_accountant.lang = "fr_CA"
        lines = self.Line.with_user(self.user_accountant).with_context(lang="fr_CA")
        lines.action_view_changes()
        self.assertFalse(self.Line.search([("is_changed", "=", True)]))

    def test_sent_again_on_purpose(self):
        batch = self._prepare()
        batch.action_send()
        self.second.button_draft()
        self.second.invoice_line_ids.price_unit = 25.0
        self.second.action_post()
        changed = self._get_changed()
        with self.assertRaisesRegex(UserError, "why"):
            self._prepare(line_ids=changed.ids)
        dialog = self.env["sercom.accounting.prepare"].with_user(self.user_accountant)
        form = Form(dialog.with_context(active_model=changed._name, active_ids=changed.ids))
        form.reason = "The price was wrong"
        again = self.Batch.browse(form.save().action_prepare()["res_id"])
        self.assertEqual(again.line_ids.move_id, self.second)
        self.assertEqual(again.line_ids.sending, 2)
        again.with_user(self.user_accountant).action_send()
        self.assertTrue(changed.is_superseded)
        self.assertFalse(self._get_changed())

    def test_what_is_deleted_is_told(self):
        self._prepare().action_send()
        self.payment.action_draft()
        name = self.payment.name
        self.payment.unlink()
        changed = self._get_changed()
        self.assertEqual(changed.name, name)
        self.assertEqual(changed.change_text, "Deleted")
        with self.assertRaisesRegex(UserError, "deleted"):
            self._prepare(line_ids=changed.ids, reason="Gone")

    def test_a_program_that_takes_no_more_than_it_takes(self):
        """A layout without payments leaves them waiting."""
        layout = self._get_layout("qbo").copy()
        layout.section_ids.filtered(lambda s: s.content == "payment").unlink()
        self._prepare(layout_id=layout.id).action_send()
        self.assertEqual(set(self.payments.mapped("accounting_state")), {"pending"})

    def test_collecting_costs_what_it_collects(self):
        """Queries do not grow with the invoices."""
        batch = self._prepare()
        few = self._get_queries(batch.action_refresh)
        for number in range(6):
            self._invoice([(self.product_part, number + 1, 40.0, 0)], self.zoe)
        self.env.invalidate_all()
        many = self._get_queries(batch.action_refresh)
        self.assertLessEqual(many, few + 2)
