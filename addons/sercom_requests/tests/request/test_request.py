import base64

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import PIXEL, SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestRequest(SercomRequestsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_new = cls.env["crm.stage"].create({"name": "New", "sequence": 0})
        cls.stage_qualified = cls.env["crm.stage"].create(
            {"name": "Qualified", "sequence": 1, "is_service_qualified": True}
        )

    def test_plain_lead_is_left_alone(self):
        lead = self.env["crm.lead"].create(
            {"name": "Sells pipes", "stage_id": self.stage_qualified.id}
        )
        self.assertFalse(lead.is_service_request)
        self.assertFalse(lead.service_file_id)
        self.assertEqual(lead.assessment_state, "none")

    def test_anything_of_a_request_makes_one(self):
        for vals in (
            {"fsm_location_id": self.site.id},
            {"need": "<p>No heat</p>"},
            {"request_early": self.early},
            {"request_late": self.late},
            {"request_line_ids": [Command.create({"product_id": self.product_hour.id})]},
        ):
            with self.subTest(field=next(iter(vals))):
                lead = self.env["crm.lead"].create({"name": "Call", **vals})
                self.assertTrue(lead.is_service_request)
        emptied = self.env["crm.lead"].create({"name": "Call", "need": "<p><br></p>"})
        self.assertFalse(emptied.is_service_request)

    def test_only_a_site_opens_a_file(self):
        request = self._create_request(fsm_location_id=False)
        self.assertFalse(request.service_file_id)
        request.fsm_location_id = self.site
        file = request.service_file_id
        self.assertRecordValues(
            file,
            [
                {
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "subject": "Water heater leaks",
                    "company_id": self.company.id,
                }
            ],
        )
        request.write({"fsm_location_id": self._create_site(name="Cottage").id})
        self.assertEqual(request.service_file_id, file)

    def test_file_client_is_the_site_owner_when_unknown(self):
        request = self._create_request(partner_id=False)
        self.assertEqual(request.service_file_id.partner_id, self.client_partner)

    def test_meeting_agreed_before_the_site_joins_the_file(self):
        request = self._create_request(fsm_location_id=False)
        event = self.env["calendar.event"].create(
            {"name": "First look", "opportunity_id": request.id}
        )
        self.assertFalse(event.service_file_id)
        request.fsm_location_id = self.site
        self.assertEqual(event.service_file_id, request.service_file_id)
        self.assertEqual(event.fsm_location_id, self.site)

    def test_qualified_names_all_that_is_missing(self):
        request = self.env["crm.lead"].create(
            {"name": "Gutter", "is_service_request": True, "stage_id": self.stage_new.id}
        )
        with self.assertRaises(ValidationError) as error:
            request.stage_id = self.stage_qualified
        message = str(error.exception)
        for words in ("Gutter", "description of need", "site", "time window"):
            self.assertIn(words, message)

    def test_qualified_names_only_what_is_missing(self):
        request = self._create_request(request_late=False, stage_id=self.stage_new.id)
        with self.assertRaises(ValidationError) as error:
            request.stage_id = self.stage_qualified
        message = str(error.exception)
        self.assertIn("latest visit", message)
        self.assertNotIn("site", message)
        self.assertNotIn("need", message)

    def test_qualified_when_complete(self):
        request = self._create_request(stage_id=self.stage_new.id)
        request.stage_id = self.stage_qualified
        self.assertEqual(request.stage_id, self.stage_qualified)

    def test_created_qualified_is_checked(self):
        with self.assertRaises(ValidationError):
            self._create_request(need=False, stage_id=self.stage_qualified.id)

    def test_odoo_stage_asks_for_qualification(self):
        stage = self.env.ref("crm.stage_lead2", raise_if_not_found=False)
        if stage:
            stage.is_service_qualified = False
        self.env["crm.stage"]._set_up_service_qualified()
        self.assertTrue(not stage or stage.is_service_qualified)

    def test_window_in_order(self):
        with self.assertRaisesRegex(ValidationError, "Water heater leaks"):
            self._create_request(request_early=self.late, request_late=self.early)
        self._create_request(request_early=self.early, request_late=self.early)

    def test_referral_is_told_by_medium_or_source(self):
        request = self._create_request()
        self.assertFalse(request.is_referral)
        request.medium_id = self.env.ref("sercom_requests.utm_medium_referral")
        self.assertTrue(request.is_referral)
        request.medium_id = False
        request.source_id = self.env.ref("utm.utm_source_referral")
        self.assertTrue(request.is_referral)

    # Site

    def test_create_site_from_client_address(self):
        request = self._create_request(fsm_location_id=False)
        request.with_user(self.user_salesman).action_create_site()
        self.assertRecordValues(
            request.fsm_location_id,
            [
                {
                    "owner_id": self.client_partner.id,
                    "street": "4321 rue Saint-Denis",
                    "city": "Montréal",
                    "zip": "H2J 2K9",
                    "state_id": self.env.ref("base.state_ca_qc").id,
                    "country_id": self.env.ref("base.ca").id,
                }
            ],
        )
        self.assertEqual(request.service_file_id.fsm_location_id, request.fsm_location_id)

    def test_create_site_of_a_client_not_known_yet(self):
        request = self._create_request(
            partner_id=False,
            fsm_location_id=False,
            contact_name="Jean Roy",
            street="1 rue Principale",
        )
        request.action_create_site()
        self.assertEqual(request.fsm_location_id.owner_id, request.partner_id)
        self.assertEqual(request.partner_id.name, "Jean Roy")

    def test_create_site_without_address(self):
        partner = self.env["res.partner"].create({"name": "Nowhere Inc."})
        request = self._create_request(partner_id=partner.id, fsm_location_id=False)
        with self.assertRaisesRegex(UserError, "Water heater leaks.*no address"):
            request.action_create_site()

    def test_typed_site_belongs_to_the_client(self):
        site_id, _name = (
            self.env["fsm.location"]
            .with_user(self.user_salesman)
            .with_context(default_owner_id=self.client_partner.id, default_street="9 rue Neuve")
            .name_create("Garage")
        )
        site = self.env["fsm.location"].browse(site_id)
        self.assertEqual(site.owner_id, self.client_partner)
        self.assertEqual(site.street, "9 rue Neuve")

    # Lines

    def test_line_price_follows_until_typed(self):
        request = self._create_request(request_line_ids=False)
        lines = self.env["sercom.request.line"].with_context(default_opportunity_id=request.id)
        with Form(lines) as form:
            form.product_id = self.product_hour
            self.assertEqual(form.price_unit, 110.0)
            form.price_unit = 99.0
            form.product_uom_qty = 5.0
            self.assertEqual(form.price_unit, 99.0)
            form.product_id = self.product_travel
            self.assertEqual(form.price_unit, 65.0)

    # Photos and measurements

    def test_photo_refuses_other_files(self):
        request = self._create_request()
        svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>"
        for content in (b"<script>", b"Hello world", svg):
            with self.subTest(content=content), self.assertRaisesRegex(ValidationError, "notes"):
                self.env["sercom.photo"].create(
                    {
                        "name": "notes",
                        "image_1920": base64.b64encode(content),
                        "opportunity_id": request.id,
                    }
                )

    def test_photos_uploaded_together(self):
        request = self._create_request()
        files = self.env["ir.attachment"].create(
            [{"name": f"{number}.png", "datas": PIXEL} for number in range(3)]
        )
        request.write({"photo_upload_ids": [Command.set(files.ids)]})
        self.assertRecordValues(
            request.photo_ids.sorted("name"),
            [
                {"name": f"{number}.png", "moment": "before", "user_id": self.env.user.id}
                for number in range(3)
            ],
        )
        self.assertFalse(files.exists())

    def test_evidence_follows_the_file(self):
        request = self._create_request(
            fsm_location_id=False,
            measurement_ids=[Command.create({"name": "Pipe", "value": 19.05, "unit": "mm"})],
            photo_ids=[Command.create({"image_1920": PIXEL})],
        )
        evidence = (request.measurement_ids, request.photo_ids)
        for records in evidence:
            self.assertFalse(records.service_file_id)
        request.fsm_location_id = self.site
        for records in evidence:
            self.assertEqual(records.service_file_id, request.service_file_id)
            self.assertEqual(records.company_id, self.company)

    def test_evidence_stays_where_it_was_put(self):
        other = self._create_request(name="Other")
        photo = self.env["sercom.photo"].create(
            {"image_1920": PIXEL, "opportunity_id": self._create_request().id}
        )
        photo.service_file_id = other.service_file_id
        photo.opportunity_id = False
        self.assertEqual(photo.service_file_id, other.service_file_id)

    def test_technician_sees_photos_of_visited_files(self):
        mine, other = self._create_request(), self._create_request()
        photos = self.env["sercom.photo"].create(
            [{"image_1920": PIXEL, "opportunity_id": request.id} for request in (mine, other)]
        )
        self.env["calendar.event"].create(
            {
                "name": "Look",
                "service_file_id": mine.service_file_id.id,
                "partner_ids": [Command.set(self.user_technician.partner_id.ids)],
            }
        )
        Photo = self.env["sercom.photo"].with_user(self.user_technician)
        self.assertEqual(Photo.search([("id", "in", photos.ids)]), photos[0])
        self.assertEqual(
            self.env["sercom.photo"]
            .with_user(self.user_dispatcher)
            .search([("id", "in", photos.ids)]),
            photos,
        )

    # Merging, copying, speed

    def test_merging_requests_keeps_everything(self):
        head, tail = (
            self._create_request(name=name, measurement_ids=[Command.create({"name": name})])
            for name in ("Call", "Call back")
        )
        files = head.service_file_id | tail.service_file_id
        merged = (head | tail).merge_opportunity()
        self.assertEqual(set(merged.measurement_ids.mapped("name")), {"Call", "Call back"})
        self.assertEqual(len(merged.request_line_ids), 6)
        self.assertEqual(merged.need.count("floor"), 2)
        self.assertEqual(files.filtered("active"), merged.service_file_id)
        self.assertEqual(merged.measurement_ids.service_file_id, merged.service_file_id)

    def test_copy_is_a_new_need(self):
        request = self._create_request()
        copy = request.copy()
        self.assertNotEqual(copy.service_file_id, request.service_file_id)
        self.assertEqual(len(copy.request_line_ids), 3)

    def test_queries_do_not_grow_with_the_number_of_requests(self):
        create = self.env["crm.lead"].create
        # As a plain lead: three of Odoo's.
        self._assert_queries_each(3, self._prepare_leads, create)
        self._assert_queries_each(3, self._prepare_requests, create)

    def _prepare_requests(self, count):
        return [self._prepare_request_vals(name=f"Request {i}") for i in range(count)]

    def _prepare_leads(self, count):
        return [{"name": f"Lead {i}", "type": "opportunity"} for i in range(count)]
