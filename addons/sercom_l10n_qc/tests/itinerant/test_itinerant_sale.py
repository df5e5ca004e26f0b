from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..common import QUOTE, QuebecCommon

RIGHT = "Your right to cancel"


@tagged("post_install", "-at_install")
class TestItinerantSale(QuebecCommon):
    """Consumer Protection Act (CQLR, c. P-40.1), ss. 55 to 65 and 244.7."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.is_itinerant_sale_checked = True
        cls.category.home_sale_kind = "heating"

    def test_heating_that_nobody_asked_for_is_banned(self):
        order = self._estimate(contract_place="home", asked_by="firm")
        self.assertTrue(order.is_itinerant_banned)
        order.asked_by = "client"
        self.assertFalse(order.is_itinerant_banned or order.is_itinerant_sale)

    def test_a_replacement_that_the_repair_led_to(self):
        order = self._estimate(contract_place="home", asked_by="repair")
        self.assertTrue(order.is_itinerant_banned)
        order.is_essential_replacement = True
        self.assertTrue(order.is_itinerant_sale)
        self.assertFalse(order.is_itinerant_banned)

    def test_a_category_may_say_other_than_the_one_above(self):
        self.labour.categ_id.home_sale_kind = "envelope"
        order = self._estimate(contract_place="home", asked_by="client")
        self.assertTrue(order.is_itinerant_sale)
        self.assertFalse(order.is_itinerant_banned)

    def test_firms_buy_what_they_want(self):
        order = self._estimate(self.firm, contract_place="home", asked_by="firm")
        self.assertFalse(order.is_itinerant_banned or order.is_itinerant_sale)

    def test_off_checks_nothing(self):
        self.company.is_itinerant_sale_checked = False
        order = self._estimate(contract_place="home", asked_by="firm")
        self.assertFalse(order.is_itinerant_banned or order.is_itinerant_sale)
        self.assertNotIn(RIGHT, self._print(QUOTE, order))

    @freeze_time("2026-12-01 03:00:00")
    def test_ten_days_from_the_firms_day(self):
        """30 November, 22:00 in Montréal."""
        self.company.partner_id.tz = "America/Toronto"
        self.labour.categ_id.home_sale_kind = "envelope"
        order = self._estimate(contract_place="home", asked_by="client")
        self.assertFalse(order.date_cancellation_end)
        order.action_confirm()
        self.assertEqual(order.date_cancellation_end, date(2026, 12, 10))
        page = self._print(QUOTE, order)
        self.assertIn(RIGHT, page)
        self.assertIn("12/10/2026", page)

    def test_a_revision_keeps_who_asked_and_a_duplicate_does_not(self):
        order = self._estimate(contract_place="home", asked_by="client")
        self.assertFalse(order.copy().asked_by)
        order.action_revise()
        self.assertEqual(order.next_version_ids.asked_by, "client")

    def test_who_asked_first_stays_once_it_is_agreed_to(self):
        self.labour.categ_id.home_sale_kind = "envelope"
        seller = new_test_user(
            self.env,
            "qc_seller",
            "base.group_user,fieldservice.group_fsm_user,sales_team.group_sale_salesman_all_leads",
        )
        agreed = self._estimate(contract_place="home", asked_by="firm", user_id=seller.id)
        agreed.action_confirm()
        signed = self._estimate(
            contract_place="home", asked_by="firm", user_id=seller.id, state="sent"
        )
        signed.write({"signed_by": "Lise Gagnon", "signed_on": "2026-11-02 15:00:00"})
        for order in (agreed, signed):
            own = order.with_user(seller)
            for vals in (
                {"asked_by": "client"},
                {"contract_place": "elsewhere"},
                {"is_essential_replacement": True},
            ):
                with self.assertRaisesRegex(UserError, f"{order.name} .*accountant"):
                    own.write(vals)
            own.write({"asked_by": "firm", "note": "As it was"})
        agreed.with_user(self.user_biller).asked_by = "client"
        self.assertEqual(agreed.asked_by, "client")
        draft = self._estimate(contract_place="home", asked_by="firm", user_id=seller.id)
        draft.with_user(seller).asked_by = "client"
        self.assertEqual(draft.asked_by, "client")

    def test_who_asked_is_on_the_quotes_screen(self):
        order = self._estimate()
        form = Form(order.with_user(self.user_biller))
        form.contract_place = "home"
        form.asked_by = "firm"
        self.assertTrue(form.is_itinerant_banned)
        form.save()
        self.assertEqual(order.asked_by, "firm")
