from unittest.mock import patch
from uuid import uuid4

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MyDayCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


class QuoteOnSiteCommon(MyDayCommon):
    """A price book entry with three options, and a job of a client who may be quoted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create({"name": "GST 5 %", "amount": 5.0})
        cls.product_part.write({"taxes_id": [Command.set(cls.tax.ids)], "standard_price": 12345.0})
        cls.entry = cls.env["sercom.price.entry"].create(
            {
                "name": "Replace the valve",
                "categ_id": cls.env["product.category"].create({"name": "Plumbing"}).id,
                "option_ids": [
                    Command.create(
                        {
                            "name": f"Valve {level}",
                            "option_level": level,
                            "option_name": name,
                            "sale_order_template_line_ids": [
                                Command.create(
                                    {
                                        "product_id": cls.product_part.id,
                                        "product_uom_qty": quantity,
                                    }
                                )
                            ],
                        }
                    )
                    # Best first: levels order them, not the order in which they were made.
                    for level, name, quantity in (
                        ("best", "Brass and warranty", 3),
                        ("good", "Plain", 1),
                        ("better", "Brass", 2),
                    )
                ],
            }
        )
        cls.client_partner.lang = "en_US"
        cls.company = cls.job.company_id

    def _get_options(self, job=None):
        job = job or self.job
        return self.day.get_price_options(job.id, self.entry.id)["options"]

    def _sign(self, level=1, **vals):
        option = self._get_options()[level]
        return self._make(
            "quote",
            **{
                "option_id": option["id"],
                "name": option["name"],
                "total": option["total"],
                "total_text": option["total_text"],
                "signature": SIGNATURE,
                "signed_by": "Marie Tremblay",
                **vals,
            },
        )

    def _get_quotes(self):
        self.env.invalidate_all()
        return self.env["sale.order"].search([("origin_fsm_order_id", "=", self.job.id)])


@tagged("post_install", "-at_install")
class TestPriceBook(QuoteOnSiteCommon):
    """What a technician reads of the price book: the client's own prices, and no cost."""

    def test_options_with_taxes_good_first(self):
        options = self._get_options()
        self.assertEqual([one["level"] for one in options], ["Good", "Better", "Best"])
        self.assertEqual([one["total"] for one in options], [42.0, 84.0, 126.0])
        self.assertEqual(options[1]["lines"][0]["name"], "Valve")
        self.assertEqual(options[1]["lines"][0]["quantity"], 2.0)
        self.assertIn("84.00", options[1]["total_text"])
        self.assertIn("80.00", options[1]["untaxed_text"])
        self.assertIn("4.00", options[1]["taxes"][0]["text"])

    def test_prices_of_the_client(self):
        """From their own price list; those of others stay where they are."""
        self.client_partner.property_product_pricelist = self.env["product.pricelist"].create(
            {
                "name": "Faithful clients",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 50.0,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        self.assertEqual([one["total"] for one in self._get_options()], [21.0, 42.0, 63.0])
        self.assertEqual(self._sync(self._sign(level=0))[0]["status"], "done")
        self.assertEqual(self._get_quotes().amount_total, 21.0)

    def test_no_cost_and_nothing_stored(self):
        before = self.env["sale.order"].search_count([])
        answer = repr((self.day.find_prices(self.job.id), self._get_options()))
        for word in ("12345", "cost", "margin"):
            self.assertNotIn(word, answer)
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        # What the phone keeps of a job has no price.
        self.assertEqual(self._sync(self._sign())[0]["status"], "done")
        job = self.day.get_job(self.job.id)
        self.assertEqual(job["site_quotes"][0]["option"], "Brass")
        self.assertNotIn("84", repr((job["site_quotes"], job["invoices"])))

    def test_search(self):
        def find(**kwargs):
            return [one["name"] for one in self.day.find_prices(self.job.id, **kwargs)["entries"]]

        self.assertIn("Replace the valve", find())
        self.assertEqual(find(text="valve replace"), ["Replace the valve"])
        self.assertEqual(find(text="warranty plumbing"), ["Replace the valve"])
        self.assertEqual(find(text="valve drain"), [])
        self.assertEqual(find(categ_id=self.entry.categ_id.id), ["Replace the valve"])
        self.entry.active = False
        self.assertEqual(find(text="valve"), [])

    def test_only_who_has_the_job(self):
        other = self._create_billable_job()
        for call in (
            lambda: self.day.find_prices(other.id),
            lambda: self.day.get_price_options(other.id, self.entry.id),
            lambda: self.day.get_payments(other.id),
            lambda: self.day.get_payments(0),
        ):
            with self.assertRaises(UserError):
                call()
        result = self._sync({**self._sign(), "job_id": other.id})[0]
        self.assertEqual(result["status"], "refused")
        self.assertFalse(self.env["sale.order"].search([("origin_fsm_order_id", "=", other.id)]))
        for model in ("sercom.price.entry", "sale.order.template"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user_technician).search([])

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        entry = self.env["sercom.price.entry"].create(
            {
                "name": "Valves of Elsewhere",
                "company_id": company.id,
                "option_ids": [Command.create({"name": "Valve", "company_id": company.id})],
            }
        )
        self.assertFalse(self.day.find_prices(self.job.id, "Elsewhere")["entries"])
        with self.assertRaises(UserError):
            self.day.get_price_options(self.job.id, entry.id)
        action = {**self._sign(), "option_id": entry.option_ids.id}
        self.assertEqual(self._sync(action)[0]["status"], "refused")
        declined = self._make("quote_declined", entry_id=entry.id)
        self.assertEqual(self._sync(declined)[0]["status"], "refused")


@tagged("post_install", "-at_install")
class TestQuoteOnSite(QuoteOnSiteCommon):
    """What becomes of an option that the client chose and signed, or of none."""

    def test_signed_waits_for_the_office(self):
        result = self._sync(self._sign())[0]
        self.assertEqual(result["status"], "done", result)
        self.assertIn("The office accepts it", result["message"])
        quote = self._get_quotes()
        self.assertEqual(quote.partner_id, self.client_partner)
        self.assertEqual(quote.service_file_id, self.job.service_file_id)
        self.assertEqual(quote.fsm_location_id, self.job.location_id)
        self.assertEqual(
            (quote.state, quote.amount_total, quote.signed_by), ("sent", 84.0, "Marie Tremblay")
        )
        self.assertTrue(quote.signature)
        self.assertEqual(quote.signed_on, self.now)
        self.assertIn("Replace the valve – Brass", quote.signed_content)
        self.assertIn("84.00", quote.signed_content)
        self.assertIn("Marie Tremblay", quote.activity_ids.summary)
        quote.action_confirm()
        self.assertFalse(quote.activity_ids)

    def test_signed_is_confirmed_at_once(self):
        self.company.site_quote_acceptance = "at_once"
        result = self._sync(self._sign())[0]
        self.assertIn("confirmed", result["message"])
        quote = self._get_quotes()
        self.assertEqual(quote.state, "sale")
        self.assertFalse(quote.activity_ids)

    def test_twice_is_once(self):
        action = self._sign()
        results = self._sync(action, action) + self._sync(action)
        self.assertEqual({one["status"] for one in results}, {"done"})
        self.assertEqual(len(self._get_quotes()), 1)

    def test_price_that_changed_is_never_confirmed_by_itself(self):
        """Signed without network, sent when the price book says another price."""
        self.company.site_quote_acceptance = "at_once"
        action = self._sign()
        self.product_part.list_price = 50.0
        self.assertEqual(self._sync(action)[0]["status"], "done")
        quote = self._get_quotes()
        self.assertEqual((quote.state, quote.amount_total), ("sent", 105.0))
        self.assertIn("84.00", quote.signed_content)
        self.assertIn("105.00", quote.activity_ids.note)

    def test_option_that_left_the_price_book(self):
        self.company.site_quote_acceptance = "at_once"
        action = self._sign()
        self.entry.option_ids.active = False
        self.assertEqual(self._sync(action)[0]["status"], "done")
        self.assertEqual(self._get_quotes().state, "sent")

    def test_quote_that_cannot_be_confirmed_is_kept(self):
        self.company.site_quote_acceptance = "at_once"
        action = self._sign()
        problem = UserError("No truck is left")
        with patch.object(type(self.env["sale.order"]), "_action_confirm", side_effect=problem):
            self.assertEqual(self._sync(action)[0]["status"], "done")
        quote = self._get_quotes()
        self.assertEqual(quote.state, "sent")
        self.assertIn("No truck is left", quote.activity_ids.note)

    def test_what_else_was_quoted_stays(self):
        quote = self.job._make_quote()[self.job]
        self.assertEqual(self._sync(self._sign())[0]["status"], "done")
        self.assertEqual(self._get_quotes(), quote, "an empty quote is taken")
        self.assertEqual(self._sync(self._sign(level=2))[0]["status"], "done")
        self.assertEqual(sorted(self._get_quotes().mapped("amount_total")), [84.0, 126.0])

    def test_what_is_missing_is_refused(self):
        plain = self.env["sale.order.template"].create({"name": "Not in the price book"})
        for vals in (
            {"signature": ""},
            {"signature": "no base64!"},
            {"signed_by": " "},
            {"total": "free"},
            {"total": None},
            {"option_id": plain.id},
            {"option_id": "1"},
            {"option_id": 2**31},
        ):
            with self.subTest(vals):
                result = self._sync({**self._sign(), **vals, "uuid": str(uuid4())})[0]
                self.assertEqual(result["status"], "refused")
        self.assertFalse(self._get_quotes())

    def test_declined_is_noted(self):
        action = self._make("quote_declined", entry_id=self.entry.id, text="Too dear")
        self.assertEqual(self._sync(action)[0]["status"], "done")
        note = self.job.message_ids[0].body
        for words in ("Marie Tremblay declined", "Replace the valve", "Brass", "Too dear"):
            self.assertIn(words, note)
        self.assertFalse(self._get_quotes())

    def test_job_given_to_somebody_else(self):
        """The office has what was signed, and decides."""
        action = self._sign()
        self.job.assignment_ids.employee_id = self.anne
        result = self._sync(action)[0]
        self.assertTrue(result.get("is_proposed"), result)
        row = self.env["sercom.phone.action"].search([("uuid", "=", action["uuid"])])
        self.assertIn("84.00", row.content_text)
        row.with_user(self.user_dispatcher).action_accept()
        self.assertEqual(self._get_quotes().signed_by, "Marie Tremblay")

    def test_client_gets_a_copy(self):
        self._sync(self._sign())
        quote = self._get_quotes()
        self.assertTrue(quote.is_signed_copy_waiting)
        cron = self.env.ref("sercom_my_day.ir_cron_signed_quotes")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.env.invalidate_all()
        message = quote.message_ids.filtered("attachment_ids")
        self.assertEqual(len(message), 1)
        self.assertIn(self.client_partner, message.notified_partner_ids)
        self.assertIn("Marie Tremblay", message.body)


@tagged("post_install", "-at_install")
class TestPayOnSite(QuoteOnSiteCommon):
    """What the client owes, and where they pay it."""

    def _post_invoice(self):
        self.job.sale_line_ids.product_id.invoice_policy = "order"
        self.job.sale_id.order_line.qty_delivered = 1.0
        return self.job.sale_id._create_invoices()

    def test_posted_invoice(self):
        move = self._post_invoice()
        self.assertEqual(self.day.get_payments(self.job.id), [], "a draft is nobody's debt")
        self.assertFalse(self.day.get_job(self.job.id)["invoices"])
        move.action_post()
        self.assertEqual(
            self.day.get_job(self.job.id)["invoices"], [{"id": move.id, "name": move.name}]
        )
        (payment,) = self.day.get_payments(self.job.id)
        self.assertTrue(payment["is_due"])
        self.assertIn(f"/my/invoices/{move.id}?access_token={move.access_token}", payment["url"])
        self.assertTrue(payment["url"].startswith("http"))
        self.assertTrue(payment["qr"].startswith("data:image/png;base64,"))
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        (payment,) = self.day.get_payments(self.job.id)
        self.assertFalse(payment["is_due"])
        self.assertFalse(payment["qr"])
