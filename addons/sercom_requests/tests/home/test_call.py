from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestCall(SercomRequestsCommon):
    """A call is noted in one dialog; everything is typed once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canada = cls.env.ref("base.ca")
        cls.quebec = cls.env.ref("base.state_ca_qc")
        cls.company.write({"country_id": cls.canada.id, "state_id": cls.quebec.id})

    def _new_call(self, **context):
        call = self.env["sercom.call"].with_user(self.user_dispatcher)
        return Form(call.with_context(**context))

    def test_a_new_client_and_their_site_from_one_address(self):
        with self._new_call() as form:
            form.contact_name = "Paul Newcaller"
            form.phone = "450 555 1122"
            form.email = "paul@example.com"
            form.street = "8 rue Neuve"
            form.city = "Laval"
            form.zip = "H7A 1A1"
            form.need = "The drain is blocked.\nSince yesterday."
            form.request_early = self.early
            form.request_late = self.late
            form.priority = "2"
        self.assertEqual((form.state_id, form.country_id), (self.quebec, self.canada))
        self.assertEqual(form.name, "The drain is blocked.")
        action = form.record.action_save_request()
        lead = self.env["crm.lead"].browse(action["res_id"])
        client, site = lead.partner_id, lead.fsm_location_id
        self.assertRecordValues(
            client,
            [
                {
                    "name": "Paul Newcaller",
                    "street": "8 rue Neuve",
                    "city": "Laval",
                    "state_id": self.quebec.id,
                    "country_id": self.canada.id,
                    "email": "paul@example.com",
                }
            ],
        )
        self.assertRecordValues(
            site, [{"owner_id": client.id, "street": "8 rue Neuve", "city": "Laval"}]
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "The drain is blocked.",
                    "is_service_request": True,
                    "request_early": self.early,
                    "request_late": self.late,
                    "priority": "2",
                    "type": "opportunity",
                    "medium_id": self.env.ref("utm.utm_medium_phone").id,
                }
            ],
        )
        self.assertIn("Since yesterday", lead.need)
        self.assertTrue(lead.service_file_id)
        self.assertFalse(lead._get_missing_to_qualify())

    def test_somebody_saved_the_settings_before(self):
        """Saved, they leave defaults on contacts of fields that the office may not write."""
        with Form(self.env["res.config.settings"]) as settings:
            settings.account_use_credit_limit = True
            settings.account_default_credit_limit = 0.0
        settings.record.execute()
        defaults = self.env["ir.default"]._get_model_defaults("res.partner")
        self.assertIn("credit_limit", defaults)
        with self._new_call() as form:
            form.contact_name = "Paul Newcaller"
            form.phone = "450 555 1122"
            form.street = "8 rue Neuve"
            form.city = "Laval"
            form.need = "The drain is blocked."
        action = form.record.action_save_request()
        lead = self.env["crm.lead"].browse(action["res_id"])
        self.assertEqual(lead.fsm_location_id.owner_id, lead.partner_id)
        # A form, or a client, that gives the closed field itself is refused as before.
        Site = self.env["fsm.location"].with_user(self.user_dispatcher)
        with self.assertRaises(AccessError):
            Site.with_context(default_credit_limit=1).create(
                {"name": "Cottage", "owner_id": lead.partner_id.id}
            )

    def test_a_new_client_speaks_the_companys_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.env["res.lang"]._activate_lang("es_MX")
        self.company.partner_id.lang = "fr_CA"
        self.user_dispatcher.lang = "en_US"
        for chosen, expected in ((None, "fr_CA"), ("es_MX", "es_MX")):
            with self._new_call() as form:
                self.assertEqual(form.lang, "fr_CA")
                form.contact_name = f"Caller {expected}"
                form.phone = "450 555 1199"
                form.street, form.city = "8 rue Neuve", "Laval"
                form.need = "The drain is blocked."
                if chosen:
                    form.lang = chosen
            lead = self.env["crm.lead"].browse(form.record.action_save_request()["res_id"])
            self.assertEqual(lead.partner_id.lang, expected)

    def test_a_known_client_brings_their_only_site(self):
        with self._new_call(default_partner_id=self.client_partner.id) as form:
            self.assertEqual(form.fsm_location_id, self.site)
            self.assertEqual(form.phone, self.client_partner.phone)
            form.need = "No hot water"
        lead = form.record._make_request()
        self.assertEqual((lead.partner_id, lead.fsm_location_id), (self.client_partner, self.site))

    def test_of_several_sites_none_is_guessed(self):
        self._create_site(name="Second Site")
        form = self._new_call(default_partner_id=self.client_partner.id)
        self.assertFalse(form.fsm_location_id)

    def test_a_known_client_at_a_new_address(self):
        with self._new_call(default_partner_id=self.client_partner.id) as form:
            form.fsm_location_id = self.env["fsm.location"]
            form.street = "99 rue du Chalet"
            form.city = "Magog"
            form.need = "Pipe is frozen"
        lead = form.record._make_request()
        self.assertNotEqual(lead.fsm_location_id, self.site)
        self.assertRecordValues(
            lead.fsm_location_id,
            [{"street": "99 rue du Chalet", "owner_id": self.client_partner.id}],
        )
        self.assertEqual(self.client_partner.street, "4321 rue Saint-Denis")

    def test_a_tenant_calls_for_the_landlord(self):
        """The landlord stays the client, with their own phone; the tenant is whom to call."""
        landlord = self.client_partner
        phone = landlord.phone
        with self._new_call(default_partner_id=landlord.id) as form:
            form.caller_name = "Tina Tenant"
            form.caller_phone = "438-555-0177"
            form.need = "No hot water in 12"
        lead = form.record._make_request()
        self.assertRecordValues(
            lead.contact_id,
            [{"name": "Tina Tenant", "phone": "438-555-0177", "parent_id": landlord.id}],
        )
        self.assertEqual((lead.partner_id, lead.phone, landlord.phone), (landlord, phone, phone))
        with self._new_call(default_partner_id=landlord.id) as form:
            form.caller_name = "tina tenant"
            form.need = "Still none"
        again = form.record._make_request()
        self.assertEqual(again.contact_id, lead.contact_id, "she is known by now")
        with Form(again.with_user(self.user_dispatcher)) as form:
            form.partner_id = self.env["res.partner"].create({"name": "Somebody else"})
            self.assertFalse(form.contact_id, "she is no tenant of theirs")

    def test_possible_duplicates_are_shown(self):
        for field, text in (
            ("phone", "514-555-0101"),
            ("email", "marie.tremblay@example.com"),
            ("street", "4321 RUE SAINT-DENIS"),
            ("contact_name", "tremblay marie"),
        ):
            form = self._new_call()
            form[field] = text
            with self.subTest(field=field):
                self.assertIn(self.client_partner.id, [row["id"] for row in form.duplicates])
        form.partner_id = self.client_partner
        self.assertFalse(form.duplicates)

    def test_saved_twice_it_is_one_request(self):
        with self._new_call(default_partner_id=self.client_partner.id) as form:
            form.need = "Once"
        first = form.record.action_save_request()
        self.assertEqual(form.record.action_save_request()["res_id"], first["res_id"])

    def test_who_and_what_are_asked_for(self):
        with self._new_call() as form:
            form.need = "Something"
        with self.assertRaisesRegex(UserError, "Who is calling"):
            form.record.action_save_request()
        with self._new_call(default_partner_id=self.client_partner.id) as form:
            pass
        with self.assertRaisesRegex(UserError, "What does the client need"):
            form.record.action_save_request()

    def test_an_appointment_is_booked_from_it(self):
        with self._new_call(default_partner_id=self.client_partner.id) as form:
            form.need = "Look at the roof drain"
            form.request_early = fields.Datetime.add(fields.Datetime.now(), days=2)
            form.request_late = fields.Datetime.add(fields.Datetime.now(), days=3)
        action = form.record.action_book_appointment()
        dialog = self.env["sercom.appointment.schedule"].with_user(self.user_dispatcher)
        booking = Form(dialog.with_context(**action["context"])).save()
        booking.action_schedule()
        lead = form.record.opportunity_id
        self.assertEqual(lead.assessment_state, "planned")
        self.assertEqual(booking.fsm_location_id, self.site)

    def test_what_became_of_a_call_is_not_typed(self):
        lead = self._create_request()
        call = self.env["sercom.call"].with_user(self.user_dispatcher)
        with self.assertRaises(AccessError):
            call.create({"contact_name": "X", "opportunity_id": lead.id})
