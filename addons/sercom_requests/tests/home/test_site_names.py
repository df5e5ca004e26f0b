from odoo.tests import Form, tagged

from ...tools.home.place import tell_place
from ..common import SercomRequestsCommon

SERVICE = {"default_is_service_request": True}


@tagged("post_install", "-at_install")
class TestSiteNames(SercomRequestsCommon):
    """Sites are told apart, and the only one is not asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.family = cls.env["res.partner"].create({"name": "Famille Roy"})
        cls.home = cls._create_site(name="Roy", owner_id=cls.family.id, street="5 rue A")

    def _open_quote(self, **context):
        return Form(self.env["sale.order"].with_user(self.user_dispatcher).with_context(**context))

    def test_two_sites_of_a_client_are_told_apart(self):
        cottage = self._create_site(name="Roy", owner_id=self.family.id, street="9 chemin B")
        self.assertEqual(self.home.display_name, "Roy, 5 rue A")
        self.assertEqual(cottage.display_name, "Roy, 9 chemin B")
        self.assertEqual(
            self.env["fsm.location"].name_search("chemin B"), [(cottage.id, "Roy, 9 chemin B")]
        )
        cottage.street = "10 chemin B"
        self.assertEqual(cottage.display_name, "Roy, 10 chemin B")

    def test_the_street_is_said_once(self):
        self.assertEqual(tell_place("5 rue A", "5 rue A", False), "5 rue A")
        self.assertEqual(tell_place("5 rue A", "5 rue A", "app. 2"), "5 rue A, app. 2")
        self.assertEqual(tell_place("Roy, 5 rue A", "5 rue A"), "Roy, 5 rue A")
        self.assertEqual(tell_place("Roy", False), "Roy")
        self.assertEqual(tell_place(False, "5 rue A"), "5 rue A")

    def test_the_only_site_is_filled_in_on_a_request(self):
        lead = self.env["crm.lead"].with_user(self.user_dispatcher)
        with Form(lead.with_context(**SERVICE)) as form:
            form.name = "Tap"
            form.partner_id = self.family
            self.assertEqual(form.fsm_location_id, self.home)
        form = Form(lead)
        form.partner_id = self.family
        self.assertFalse(form.fsm_location_id, "a plain lead stays without site")

    def test_what_was_filled_in_goes_with_its_client(self):
        """And with the next one; what somebody chose stays, whoever the client is."""
        lead = self.env["crm.lead"].with_user(self.user_dispatcher)
        with Form(lead.with_context(**SERVICE)) as form:
            form.name = "Tap"
            form.partner_id = self.family
            form.partner_id = self.client_partner
            self.assertEqual(form.fsm_location_id, self.site)
            form.partner_id = self.env["res.partner"].create({"name": "Without a site"})
            self.assertFalse(form.fsm_location_id)
            form.partner_id = self.family
        with Form(form.record) as form:
            self.assertEqual(form.fsm_location_id, self.home)
            form.partner_id = self.client_partner
            self.assertEqual(form.fsm_location_id, self.site)

    def test_a_chosen_site_stays_with_another_client(self):
        other = self._create_site(name="Cottage", owner_id=self.family.id, street="9 chemin B")
        lead = self.env["crm.lead"].with_user(self.user_dispatcher)
        with Form(lead.with_context(**SERVICE)) as form:
            form.name = "Tap"
            form.partner_id = self.family
            form.fsm_location_id = other
            form.partner_id = self.client_partner
            self.assertEqual(form.fsm_location_id, other)
        with Form(form.record) as form:
            form.partner_id = self.env["res.partner"].create({"name": "Tenant"})
            self.assertEqual(form.fsm_location_id, other)

    def test_the_only_site_is_filled_in_on_a_quote(self):
        form = self._open_quote(**SERVICE)
        form.partner_id = self.family
        self.assertEqual(form.fsm_location_id, self.home)
        form = self._open_quote()
        form.partner_id = self.family
        self.assertFalse(form.fsm_location_id, "a plain order stays without site")

    def test_one_of_two_sites_is_not_guessed(self):
        other = self._create_site(name="Cottage", owner_id=self.family.id, street="9 chemin B")
        form = self._open_quote(**SERVICE)
        form.partner_id = self.family
        self.assertFalse(form.fsm_location_id)
        form.fsm_location_id = other
        form.partner_id = self.env["res.partner"].create(
            {"name": "Anne Roy", "parent_id": self.family.id}
        )
        self.assertEqual(form.fsm_location_id, other)
