import os
from pathlib import Path
from unittest import skipUnless

from odoo import Command
from odoo.tests import tagged

from .phone import PhoneCase
from .test_my_day_accessibility import AXE, THEMES, AccessibilityCase

SIZES = ((375, 740), (390, 844))
SHOTS = os.environ.get("SERCOM_SHOTS")  # folder for a picture of each step, to be looked at


class QuotePageCase(PhoneCase):
    """A price book of water heaters, good, better and best, in English and French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        taxes = cls.env["account.tax"].create(
            [{"name": "GST 5 %", "amount": 5.0}, {"name": "QST 9.975 %", "amount": 9.975}]
        )
        products = {
            name: cls._create_product(
                name=name, list_price=price, standard_price=7777.0, taxes_id=taxes.ids
            )
            for name, price in (
                ("Electric water heater, 40 gal", 619.0),
                ("Electric water heater, 60 gal", 749.0),
                ("Installation, labour", 395.0),
                ("Disposal of the old unit", 45.0),
            )
        }
        first, big, work, disposal = products.values()
        cls.entry = cls.env["sercom.price.entry"].create(
            {
                "name": "Replace the water heater",
                "description": "Supplied, fitted and tested the same day.",
                "categ_id": cls.env["product.category"].create({"name": "Plumbing"}).id,
                "option_ids": [
                    Command.create(
                        {
                            "name": name,
                            "option_level": level,
                            "option_name": name,
                            "option_note": note,
                            "sale_order_template_line_ids": [
                                Command.create({"product_id": product.id}) for product in products
                            ],
                        }
                    )
                    for level, name, note, products in (
                        ("good", "40 gallons", "6 years of warranty", first + work),
                        ("better", "60 gallons", "8 years of warranty", big + work),
                        ("best", "60 gallons, all in", "10 years", big + work + disposal),
                    )
                ],
            }
        )
        cls.client_partner.lang = "en_US"

    def _post_invoice(self):
        move = self.env["account.move"].browse(
            self.job.with_user(self.env.ref("base.user_admin")).sale_id._create_invoices().ids
        )
        move.action_post()
        return move

    def _sign_best(self, phone, look=lambda name: None):
        """From the job to the signature, as a thumb does it."""
        with self.hold_requests():
            best = self.entry.option_ids.filtered(lambda one: one.option_level == "best").id
        phone.tap(f"[data-job='{self.job.id}']")
        phone.tap("[data-action=quote]")
        phone.see("[data-entry]", "Replace the water heater")
        look("find")
        phone.type("[data-quote] input[type=search]", "heater 60")
        phone.see("[data-entry]", "Replace the water heater")
        phone.tap(f"[data-entry='{self.entry.id}']")
        phone.see("[data-option]", "40 gallons")
        self.assertEqual(phone.count("[data-option]"), 3)
        phone.tap(f"[data-option='{best}']")
        phone.see("[data-total]", "1,367.05")
        look("options")
        phone.tap("[data-action=choose_option]")
        phone.see(".pad")
        phone.draw("[data-quote] .pad canvas")
        phone.type("#quote_signed_by", "Marie Tremblay")
        phone.wait("!document.querySelector('[data-action=sign_quote]').disabled")
        look("sign")


@tagged("post_install", "-at_install")
class TestQuotePage(QuotePageCase):
    """Price and quote on site, pressed all through in a browser."""

    def test_chosen_and_signed_without_network(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.wait_until_kept()
            self._sign_best(phone)
            self.assertTrue(phone.is_without_sideways_scroll())
            self.assertEqual(phone.get_small_targets(), [])
            phone.cut_network()
            phone.tap("[data-action=sign_quote]", times=2)
            phone.see("[data-signed-quote=waiting]", "60 gallons, all in")
            # Prices need the network, and the screen says so.
            phone.tap("[data-action=quote]")
            phone.see("[data-problem]", "need the network")
            phone.restore_network()
            phone.tap("[data-action=again]")
            phone.see("[data-entry]", "Replace the water heater")
            phone.wait_until_sent()
            phone.see("[data-signed-quote=open]", "Signed by Marie Tremblay")
        self.env.invalidate_all()
        quote = self.env["sale.order"].search([("origin_fsm_order_id", "=", self.job.id)])
        self.assertEqual(len(quote), 1)
        self.assertEqual(quote.signed_by, "Marie Tremblay")
        self.assertAlmostEqual(quote.amount_total, 1367.05)
        self.assertIn("1,367.05", quote.signed_content)

    def test_declined_and_paid(self):
        move = self._post_invoice()
        number = move.name
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-action=quote]")
            phone.tap(f"[data-entry='{self.entry.id}']")
            phone.tap("[data-action=decline]")
            phone.type("#quote_reason", "Asks her brother")
            phone.tap("[data-action=note_declined]")
            phone.wait_until_sent()
            phone.tap("[data-action=pay]")
            phone.see(f"[data-invoice='{move.id}']", number)
            phone.wait("document.querySelector('.payment-code').naturalWidth > 100")
            href = phone.run("document.querySelector('[data-action=payment_page]').href")
        # The page of the code is open to who has it, without signing in.
        self.authenticate(None, None)
        page = self.url_open(href)
        self.assertEqual(page.status_code, 200)
        self.assertIn(number, page.text)
        self.env.invalidate_all()
        self.assertIn("Asks her brother", self.job.message_ids[0].body)


@tagged("post_install", "-at_install", "slow")
class TestQuoteLooks(AccessibilityCase, QuotePageCase):
    """Everybody can compare, sign and pay: in both themes, by axe-core."""

    @skipUnless(AXE, "axe-core is not there")
    def test_each_step(self):
        self.maxDiff = None
        found = {}
        with self.hold_phone("sercom_technician") as phone:

            def look(name):
                # Not where the last tap left the page: what the bars cover is scrolled to.
                phone.run("document.querySelector('.page').scrollTop = 0")
                found[name] = self._look(phone)
                self._shoot(phone, name)

            self._sign_best(phone, look)
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})

    def _shoot(self, phone, name):
        for theme in THEMES if SHOTS else ():
            self._set_theme(phone, theme)
            shown = "[data-invoice]" if name.startswith("pay") else "[data-quote]"
            phone.run(f"document.querySelector('{shown}').scrollIntoView()")
            Path(SHOTS, f"{name}-{theme}.png").write_bytes(phone.shoot())

    @skipUnless(AXE, "axe-core is not there")
    def test_each_step_in_french(self):
        """Also what the client declines and pays, on both usual sizes of phones."""
        self.maxDiff = None
        self.env["res.lang"]._activate_lang("fr_CA")
        self.user_technician.lang = "fr_CA"
        self._post_invoice()
        best = self.entry.option_ids.filtered(lambda one: one.option_level == "best").id
        steps = (
            ("find", "[data-action=quote]", "[data-entry]"),
            ("options", f"[data-entry='{self.entry.id}']", "[data-option]"),
            ("total", f"[data-option='{best}']", "[data-total]"),
            ("sign", "[data-action=choose_option]", "[data-quote] .pad"),
            ("again", "[data-action=back_to_options]", "[data-option]"),
            ("decline", "[data-action=decline]", "#quote_reason"),
            ("declined", "[data-action=note_declined]", "[data-action=quote]"),
            ("pay", "[data-action=pay]", ".payment-code"),
        )
        found = {}
        with self.hold_phone("sercom_technician") as phone:
            for width, height in SIZES:
                phone.resize(width, height)
                self._go(phone, f"job/{self.job.id}/job")
                for name, tapped, shown in steps:
                    phone.tap(tapped)
                    phone.see(shown)
                    name = f"{name}-{width}"
                    phone.run("document.querySelector('.page').scrollTop = 0")
                    found[name] = self._look(phone)
                    self.assertTrue(phone.is_without_sideways_scroll(), name)
                    self._shoot(phone, name)
                self._go(phone, "")
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})
