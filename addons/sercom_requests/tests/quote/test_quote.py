from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.context import SKIP_JOB_GENERATION
from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestQuote(SercomRequestsCommon):
    def test_status_follows_the_order(self):
        quote = self._create_quote()
        self.assertEqual(quote.quote_status, "open")
        quote.action_quotation_sent()
        self.assertEqual(quote.quote_status, "open")
        SKIP_JOB_GENERATION(quote).action_confirm()
        self.assertEqual(quote.quote_status, "sold")

    def test_lost_with_a_reason(self):
        reason = self.env["crm.lost.reason"].create({"name": "Too expensive"})
        quotes = self._create_quote() | self._create_quote()
        wizard = (
            self.env["sercom.quote.lost"]
            .with_context(active_ids=quotes.ids)
            .create({"lost_reason_id": reason.id, "note": "Went with a neighbour"})
        )
        wizard.action_lose()
        self.assertRecordValues(
            quotes, [{"quote_status": "lost", "lost_reason_id": reason.id, "state": "cancel"}] * 2
        )
        self.assertIn("Went with a neighbour", quotes[0].message_ids[0].body)
        self.assertEqual(quotes[0].service_file_id.state, "lost")
        with self.assertRaisesRegex(UserError, f"{quotes[0].name} is not an open quote"):
            wizard.action_lose()

    def test_revision_is_linked_and_keeps_everything(self):
        quote = self._create_quote(
            scope="<p>Tank</p>",
            service_notes="<p>Dog</p>",
            sla_text="<p>Two days</p>",
            request_early=self.early,
            request_late=self.late,
        )
        quote.action_quotation_sent()
        revision = self.env["sale.order"].browse(quote.action_revise()["res_id"])
        self.assertRecordValues(
            revision,
            [
                {
                    "name": f"{quote.name}-v2",
                    "version": 2,
                    "previous_version_id": quote.id,
                    "state": "draft",
                    "service_file_id": quote.service_file_id.id,
                    "fsm_location_id": self.site.id,
                    "request_early": self.early,
                    "request_late": self.late,
                    "amount_total": quote.amount_total,
                }
            ],
        )
        self.assertIn("Tank", revision.scope)
        self.assertIn("Dog", revision.service_notes)
        self.assertIn("Two days", revision.sla_text)
        self.assertEqual(quote.quote_status, "replaced")
        self.assertEqual(quote.action_revise()["res_id"], revision.id, "revising twice is once")
        third = self.env["sale.order"].browse(revision.action_revise()["res_id"])
        self.assertEqual(third.name, f"{quote.name}-v3")
        self.assertEqual(quote.service_file_id.amount_quoted, third.amount_total)

    def test_a_sold_quote_is_not_revised(self):
        quote = self._create_quote()
        SKIP_JOB_GENERATION(quote).action_confirm()
        with self.assertRaisesRegex(UserError, f"{quote.name} is sold"):
            quote.action_revise()

    def test_two_newer_versions_are_refused_by_the_database(self):
        quote = self._create_quote()
        quote.action_revise()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_quote(previous_version_id=quote.id)
            self.env.flush_all()

    def test_window_backwards_is_refused(self):
        with self.assertRaisesRegex(UserError, "latest visit is before the earliest"):
            self._create_quote(request_early=self.late, request_late=self.early)

    def test_plain_order_is_left_as_it_was(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Shop"}).id,
                "order_line": [(0, 0, {"product_id": self.product_part.id})],
            }
        )
        self.assertFalse(order.service_file_id)
        order.action_confirm()
        self.assertFalse(order.service_file_id)
        self.assertFalse(order._create_invoices().service_file_id)

    def test_a_service_line_opens_the_file(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.env["res.partner"].create({"name": "Shop"}).id}
        )
        self.assertFalse(order.service_file_id)
        self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.product_hour.id}
        )
        self.assertTrue(order.service_file_id)

    def test_quotes_of_a_request_share_its_file(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        second = self._create_quote(opportunity_id=lead.id)
        self.assertEqual((lead.order_ids | second).service_file_id, lead.service_file_id)

    def test_a_request_without_site_joins_the_file_of_its_quote(self):
        lead = self._create_request(fsm_location_id=False)
        self.assertFalse(lead.service_file_id)
        quote = self._create_quote(opportunity_id=lead.id)
        self.assertTrue(lead.service_file_id)
        self.assertEqual(quote.service_file_id, lead.service_file_id)


@tagged("post_install", "-at_install")
class TestQuoteToInvoice(SercomRequestsCommon):
    def _invoice(self, record):
        return self.env["account.move"].browse(record.action_convert_to_invoice()["res_id"])

    def test_quote_is_confirmed_and_billed_as_sold(self):
        self.product_hour.invoice_policy = "delivery"
        quote = self._create_quote()
        move = self._invoice(quote)
        self.assertEqual(quote.state, "sale")
        self.assertFalse(quote.fsm_order_ids, "billed at once: nothing to plan")
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "partner_id": self.client_partner.id,
                    "service_file_id": quote.service_file_id.id,
                    "amount_untaxed": 3 * 110 + 65 + 2 * 40,
                }
            ],
        )
        self.assertEqual(self._invoice(quote), move, "twice is once")
        self.assertEqual(set(quote.order_line.mapped("qty_to_invoice")), {0.0})
        move.action_post()
        self.env.invalidate_all()
        self.assertEqual(quote.invoice_status, "invoiced")
        self.assertEqual(quote.service_file_id.state, "invoiced")
        quote.with_context(raise_if_nothing_to_invoice=False)._create_invoices(final=True)
        self.assertEqual(quote.invoice_ids, move, "nothing is credited for not being delivered")

    def test_deposits_are_deducted(self):
        quote = self._create_quote()
        SKIP_JOB_GENERATION(quote).action_confirm()
        self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": 100.0,
                "sale_order_ids": quote.ids,
            }
        )._create_invoices(quote).action_post()
        move = self._invoice(quote)
        self.assertEqual(move.amount_untaxed, 475.0 - 100.0)
        self.assertEqual(quote.service_file_id.amount_invoiced, 100.0)
        move.action_post()
        self.assertEqual(quote.service_file_id.amount_invoiced, 475.0)

    def test_what_is_missing_is_named(self):
        empty = self._create_quote(order_line=False)
        with self.assertRaisesRegex(UserError, f"{empty.name} has no lines"):
            empty.action_convert_to_invoice()
        free = self._create_quote()
        free.order_line.price_unit = 0.0
        with self.assertRaisesRegex(UserError, f"{free.name} has no price"):
            free.action_convert_to_invoice()
        lost = self._create_quote()
        lost._action_cancel()
        with self.assertRaisesRegex(UserError, f"{lost.name} is lost"):
            lost.action_convert_to_invoice()
        self.assertEqual((empty | free).mapped("state"), ["draft", "draft"])

    def test_several_quotes_one_fails_alone(self):
        good, bad = self._create_quote(), self._create_quote(order_line=False)
        action = (good | bad).action_convert_to_invoice()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(bad.name, action["params"]["message"])
        self.assertEqual(len(good.invoice_ids), 1)
        self.assertEqual(bad.state, "draft")

    def test_orders_of_two_files_are_billed_apart(self):
        quotes = self._create_quote() | self._create_quote()
        SKIP_JOB_GENERATION(quotes).action_confirm()
        moves = quotes._create_invoices()
        self.assertEqual(moves.service_file_id, quotes.service_file_id)
        self.assertEqual(len(moves), 2)
