from datetime import datetime

from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestQuoteSite(SercomRequestsCommon):
    """Where a quote is to be done: what was typed stays, and a change goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("account.group_delivery_invoice_address")
        cls.user_salesman.group_ids += cls.env.ref("account.group_delivery_invoice_address")
        cls.firm = cls.env["res.partner"].create({"name": "Gestion Plateau", "is_company": True})
        cls.janitor, cls.depot = cls.env["res.partner"].create(
            [
                {"name": "Jean, janitor", "parent_id": cls.firm.id, "type": "contact"},
                {"name": "Depot", "parent_id": cls.firm.id, "type": "delivery"},
            ]
        )
        cls.firm_site = cls._create_site(name="Tower", owner_id=cls.firm.id)
        cls.stranger = cls.env["res.partner"].create({"name": "Somebody else"})

    def _open(self, quote):
        return Form(quote.with_user(self.user_salesman))

    def test_another_contact_or_delivery_address_keeps_the_site(self):
        # A tenant's site is the owner's: who owns it does not say whether it stays.
        for site in self.firm_site | self.site:
            quote = self._create_quote(partner_id=self.firm.id, fsm_location_id=site.id)
            for changes in (
                {"partner_id": self.janitor},
                {"partner_shipping_id": self.depot},
                {"partner_shipping_id": self.firm},
                {"partner_id": self.firm},
            ):
                with self.subTest(site=site.name, changes=changes):
                    form = self._open(quote)
                    for name, value in changes.items():
                        form[name] = value
                    self.assertEqual(form.fsm_location_id, site)
                    form.save()
                    self.assertEqual(quote.fsm_location_id, site)

    def test_the_site_of_a_new_quote_stays(self):
        form = Form(self.env["sale.order"].with_user(self.user_salesman))
        form.partner_id = self.firm
        form.fsm_location_id = self.firm_site
        form.partner_shipping_id = self.depot
        form.partner_id = self.janitor
        self.assertEqual(form.fsm_location_id, self.firm_site)
        self.assertEqual(form.save().fsm_location_id, self.firm_site)

    def test_the_site_of_a_tenant_stays_on_a_new_quote(self):
        # Nothing but its being typed ties this site to the client.
        for start in ({"partner_id": self.firm, "site": self.site}, {"site": self.site}):
            form = Form(self.env["sale.order"].with_user(self.user_salesman))
            if "partner_id" in start:
                form.partner_id = self.firm
            form.fsm_location_id = self.site
            for contact in (self.janitor, self.firm):
                form.partner_id = contact
                self.assertEqual(form.fsm_location_id, self.site)
            form.partner_shipping_id = self.depot
            self.assertEqual(form.fsm_location_id, self.site)
            self.assertEqual(form.save().fsm_location_id, self.site)

    def test_another_client_on_a_new_quote_has_another_site(self):
        Order = self.env["sale.order"].with_user(self.user_salesman)
        form = Form(Order.with_context(default_is_service_request=True))
        form.partner_id = self.firm
        self.assertEqual(form.fsm_location_id, self.firm_site)
        form.partner_id = self.client_partner
        self.assertEqual(form.fsm_location_id, self.site)
        form.partner_id = self.stranger
        self.assertFalse(form.fsm_location_id)

    def test_a_server_that_writes_another_contact_keeps_the_site(self):
        quote = self._create_quote(partner_id=self.firm.id, fsm_location_id=self.site.id)
        quote.write({"partner_id": self.janitor.id, "partner_shipping_id": self.depot.id})
        self.assertEqual(quote.fsm_location_id, self.site)

    def test_another_client_is_not_served_at_the_first_ones_site(self):
        quote = self._create_quote()
        form = self._open(quote)
        form.partner_id = self.stranger
        self.assertFalse(form.fsm_location_id)
        form.partner_id = self.client_partner
        self.assertEqual(form.fsm_location_id, self.site, "back to what is stored")
        other = self._create_quote()
        other.partner_id = self.stranger
        self.assertFalse(other.fsm_location_id)

    @freeze_time("2026-11-02 12:00:00")
    def test_a_request_takes_its_quote_and_its_visit_to_the_new_site(self):
        lead = self._create_request(user_id=self.user_salesman.id)
        lead.action_convert_to_quote()
        events = self.env["calendar.event"].create(
            [
                {
                    "name": "Assessment",
                    "opportunity_id": lead.id,
                    "start": datetime(2026, 11, day, 14),
                    "stop": datetime(2026, 11, day, 15),
                    "partner_ids": [Command.set(self.user_technician.partner_id.ids)],
                }
                for day in (1, 4)
            ]
        )
        lost = self._create_quote(opportunity_id=lead.id)
        lost._action_cancel()
        cottage = self._create_site(name="Cottage", street="1 chemin du Lac")
        form = Form(lead.with_user(self.user_salesman))
        form.fsm_location_id = cottage
        form.save()
        quote = lead.order_ids - lost
        self.assertEqual(quote.fsm_location_id, cottage)
        self.assertEqual(lost.fsm_location_id, self.site)
        self.assertEqual(events.mapped("fsm_location_id"), self.site | cottage)
        self.assertEqual(lead.service_file_id.fsm_location_id, cottage)
        self.assertIn("1 chemin du Lac", events[1].location)
        told = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("body", "like", "no longer at Duplex")]
        )
        self.assertEqual(told.mapped("res_id"), events[1].ids)
        self.assertEqual(told.partner_ids, self.user_technician.partner_id)

    @freeze_time("2026-11-02 12:00:00")
    def test_who_has_two_visits_at_the_new_site_is_told_once(self):
        lead = self._create_request(user_id=self.user_salesman.id)
        both, alone = self.user_technician.partner_id, self.user_dispatcher.partner_id
        events = self.env["calendar.event"].create(
            [
                {
                    "name": name,
                    "opportunity_id": lead.id,
                    "start": datetime(2026, 11, day, 14),
                    "stop": datetime(2026, 11, day, 15),
                    "partner_ids": [Command.set(people.ids)],
                }
                for name, day, people in (("First look", 4, both | alone), ("Measures", 5, both))
            ]
        )
        lead.fsm_location_id = self._create_site(name="Cottage", street="1 chemin du Lac")
        told = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("body", "like", "no longer at Duplex")]
        )
        messages = {
            person: told.filtered(lambda message, own=person: own in message.partner_ids)
            for person in (both, alone)
        }
        self.assertEqual([len(own) for own in messages.values()], [1, 1])
        for name in events.mapped("name"):
            self.assertIn(f"{name} is at Cottage", messages[both].body)
        self.assertIn("First look is at Cottage", messages[alone].body)
        self.assertNotIn("Measures", messages[alone].body)
