from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestQuoteAsk(SercomRequestsCommon):
    """What nobody has accepted is not billed from a list without asking."""

    def _run(self, action, records):
        return (
            self.env["ir.actions.server"]
            .browse(action)
            .with_user(self.user_dispatcher)
            .with_context(
                active_model=records._name, active_ids=records.ids, active_id=records[:1].id
            )
            .run()
        )

    def _press(self, name, records):
        """Choose an action of the list's menu for some of its records."""
        bindings = self.env["ir.actions.actions"].with_user(self.user_dispatcher)
        actions = bindings.get_bindings(records._name)["action"]
        [action] = [action["id"] for action in actions if action["name"] == name]
        return self._run(action, records)

    def test_quotes_are_asked_for_and_then_billed(self):
        open_quote, sold = self._create_quote(), self._create_quote()
        sold.action_confirm()
        with self.assertRaises(RedirectWarning) as caught:
            self._press("Convert to Invoice", open_quote | sold)
        question, action, button, context = caught.exception.args
        self.assertIn(open_quote.name, question)
        self.assertNotIn(sold.name, question)
        self.assertEqual(button, "Confirm and Bill")
        self.assertEqual((open_quote.state, open_quote.invoice_ids.ids), ("draft", []))
        self.assertEqual(context["active_ids"], (open_quote | sold).ids)
        self._run(action, open_quote)
        self.assertEqual(open_quote.state, "sale")
        self.assertTrue(open_quote.invoice_ids)

    def test_sold_orders_are_billed_at_once(self):
        quote = self._create_quote()
        quote.action_convert_to_invoice()
        self.assertEqual(self._press("Convert to Invoice", quote)["res_id"], quote.invoice_ids.id)

    def test_requests_are_asked_for_too(self):
        lead = self._create_request()
        with self.assertRaises(RedirectWarning) as caught:
            self._press("Invoice the visits", lead)
        question, action, _button, _context = caught.exception.args
        self.assertIn(lead.name, question)
        self.assertFalse(lead.order_ids)
        self._run(action, lead)
        self.assertTrue(lead.order_ids.invoice_ids)
        self.assertEqual(
            self._press("Invoice the visits", lead)["res_id"], lead.order_ids.invoice_ids.id
        )

    def test_the_answer_is_in_no_menu(self):
        for model in ("sale.order", "crm.lead"):
            bindings = self.env["ir.actions.actions"].get_bindings(model)["action"]
            self.assertNotIn("Confirm and Bill", [action["name"] for action in bindings])
