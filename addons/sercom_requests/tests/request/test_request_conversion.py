from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import PIXEL, SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestRequestConversion(SercomRequestsCommon):
    def _get_quote(self, action):
        self.assertEqual(action["res_model"], "sale.order")
        return self.env["sale.order"].browse(action["res_id"])

    def test_quote_carries_everything(self):
        tag = self.env["crm.tag"].create({"name": "Leak"})
        campaign = self.env["utm.campaign"].create({"name": "Spring"})
        request = self._create_request(
            user_id=self.user_salesman.id,
            tag_ids=[Command.set(tag.ids)],
            campaign_id=campaign.id,
            medium_id=self.env.ref("sercom_requests.utm_medium_referral").id,
            source_id=self.env.ref("utm.utm_source_referral").id,
            measurement_ids=[Command.create({"name": "Pipe", "value": 19.0, "unit": "mm"})],
            photo_ids=[Command.create({"image_1920": PIXEL, "name": "Leak"})],
        )
        quote = self._get_quote(request.with_user(self.user_salesman).action_convert_to_quote())
        self.assertRecordValues(
            quote,
            [
                {
                    "state": "draft",
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "opportunity_id": request.id,
                    "service_file_id": request.service_file_id.id,
                    "request_early": self.early,
                    "request_late": self.late,
                    "origin": "Water heater leaks",
                    "user_id": self.user_salesman.id,
                    "team_id": request.team_id.id,
                    "company_id": self.company.id,
                    "campaign_id": campaign.id,
                    "medium_id": request.medium_id.id,
                    "source_id": request.source_id.id,
                    "tag_ids": tag.ids,
                    "photo_ids": request.photo_ids.ids,
                    "measurement_ids": request.measurement_ids.ids,
                }
            ],
        )
        self.assertIn("leaks on the floor", quote.scope)
        self.assertIn("Dog in the yard", quote.service_notes)
        self.assertRecordValues(
            quote.order_line,
            [
                {
                    "product_id": self.product_hour.id,
                    "product_uom_qty": 3.0,
                    "product_uom_id": self.env.ref("uom.product_uom_hour").id,
                    "price_unit": 110.0,
                },
                {
                    "product_id": self.product_travel.id,
                    "product_uom_qty": 1.0,
                    "product_uom_id": self.product_travel.uom_id.id,
                    "price_unit": 50.0,
                },
                {
                    "product_id": self.product_part.id,
                    "product_uom_qty": 2.0,
                    "product_uom_id": self.product_part.uom_id.id,
                    "price_unit": 40.0,
                },
            ],
        )

    def test_typed_description_is_kept(self):
        request = self._create_request()
        request.request_line_ids[0].name = "Plumbing, as agreed by phone"
        quote = self._get_quote(request.action_convert_to_quote())
        self.assertEqual(quote.order_line[0].name, "Plumbing, as agreed by phone")

    def test_twice_is_once(self):
        request = self._create_request()
        quote = self._get_quote(request.action_convert_to_quote())
        self.assertEqual(self._get_quote(request.action_convert_to_quote()), quote)
        self.assertEqual(request.order_ids, quote)
        quote.action_confirm()
        self.assertEqual(self._get_quote(request.action_convert_to_quote()), quote)

    def test_another_users_quote_is_found(self):
        request = self._create_request(user_id=self.user_salesman.id)
        quote = self._get_quote(request.action_convert_to_quote())
        own = self._create_user("sercom_own_leads", "sales_team.group_sale_salesman")
        request.user_id = own
        quote.user_id = self.user_salesman
        action = request.with_user(own).action_convert_to_quote()
        self.assertEqual(self._get_quote(action), quote)

    def test_a_lost_quote_makes_place_for_a_new_one(self):
        request = self._create_request()
        quote = self._get_quote(request.action_convert_to_quote())
        quote._action_cancel()
        self.assertNotEqual(self._get_quote(request.action_convert_to_quote()), quote)

    def test_deliberate_second_quote_starts_from_the_request(self):
        request = self._create_request()
        request.action_convert_to_quote()
        context = request.action_sale_quotations_new()["context"]
        second = self.env["sale.order"].with_context(**context).create({})
        self.assertRecordValues(
            second,
            [
                {
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "service_file_id": request.service_file_id.id,
                    "request_early": self.early,
                    "request_late": self.late,
                }
            ],
        )
        self.assertIn("leaks on the floor", second.scope)

    def test_plain_lead_quotes_as_odoo_does(self):
        lead = self.env["crm.lead"].create({"name": "Pipes", "partner_id": self.client_partner.id})
        context = lead._prepare_opportunity_quotation_context()
        self.assertNotIn("default_service_file_id", context)

    def test_lead_becomes_an_opportunity_with_its_client(self):
        request = self._create_request(
            type="lead",
            partner_id=False,
            fsm_location_id=False,
            contact_name="Jean Roy",
            email_from="jean.roy@example.com",
        )
        quote = self._get_quote(request.action_convert_to_quote())
        self.assertEqual(request.type, "opportunity")
        self.assertEqual(quote.partner_id, request.partner_id)
        self.assertEqual(quote.partner_id.email, "jean.roy@example.com")

    def test_known_client_is_found_by_email(self):
        request = self._create_request(
            partner_id=False, fsm_location_id=False, email_from=self.client_partner.email
        )
        quote = self._get_quote(request.action_convert_to_quote())
        self.assertEqual(quote.partner_id, self.client_partner)

    def test_site_typed_before_its_client_is_given_to_them(self):
        site_id, _name = self.env["fsm.location"].name_create("Cottage")
        request = self._create_request(
            partner_id=False, fsm_location_id=site_id, contact_name="Jean Roy"
        )
        request.action_convert_to_quote()
        self.assertEqual(request.fsm_location_id.owner_id, request.partner_id)

    def test_unknown_client_is_asked_for(self):
        request = self._create_request(partner_id=False, fsm_location_id=False)
        with self.assertRaisesRegex(UserError, "Water heater leaks.*no client"):
            request.action_convert_to_quote()
        self.assertFalse(request.order_ids)

    def test_lost_request_is_not_converted(self):
        request = self._create_request()
        request.action_set_lost()
        with self.assertRaisesRegex(UserError, "Water heater leaks.*lost"):
            request.action_convert_to_quote()

    def test_failure_leaves_nothing(self):
        request = self._create_request(
            type="lead", partner_id=False, fsm_location_id=False, contact_name="Jean Roy"
        )
        partners = self.env["res.partner"].search_count([])
        SaleOrder = type(self.env["sale.order"])
        with (
            patch.object(SaleOrder, "create", side_effect=UserError("No.")),
            self.assertRaises(UserError),
        ):
            request.action_convert_to_quote()
        self.env.invalidate_all()
        self.assertEqual(request.type, "lead")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_several_convert_together_and_fail_alone(self):
        good, bad, lead = (
            self._create_request(name="Good"),
            self._create_request(name="Bad", partner_id=False, fsm_location_id=False),
            self._create_request(name="Other"),
        )
        action = (good | bad | lead).action_convert_to_quote()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("Bad", action["params"]["message"])
        self.assertNotIn("Good", action["params"]["message"])
        self.assertEqual(len(good.order_ids), 1)
        self.assertEqual(len(lead.order_ids), 1)
        self.assertFalse(bad.order_ids)
        self.assertEqual(
            action["params"]["next"]["domain"],
            [("id", "in", (good.order_ids + lead.order_ids).ids)],
        )

    def test_user_without_the_right_is_refused(self):
        request = self._create_request()
        for user in (self.user_internal, self.user_technician, self.user_accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                request.with_user(user).action_convert_to_quote()
        self.assertFalse(request.order_ids)

    @freeze_time("2026-10-27 15:00:00")  # what is written in another second costs a query more
    def test_a_quote_more_costs_no_query(self):
        def make(count):
            return self.env["crm.lead"].create(
                [self._prepare_request_vals(name=f"Request {i}") for i in range(count)]
            )

        # OCA's fieldservice_sale searches the jobs of each order by itself; sercom_jobs together.
        is_alone = "sercom_jobs" not in self.env.registry._init_modules
        lines = 3 * self._get_hour_queries() + is_alone
        self._assert_queries_each(lines, make, lambda leads: leads.action_convert_to_quote())

    # Request → Invoice

    def test_visit_is_billed_from_the_request(self):
        request = self._create_request()
        action = request.action_convert_to_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertRecordValues(
            invoice,
            [
                {
                    "state": "draft",
                    "move_type": "out_invoice",
                    "partner_id": self.client_partner.id,
                    "service_file_id": request.service_file_id.id,
                }
            ],
        )
        lines = invoice.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        self.assertEqual(sum(lines.mapped("price_subtotal")), 3 * 110.0 + 50.0 + 2 * 40.0)
        self.assertEqual(request.order_ids.state, "sale")
        self.assertEqual(
            request.action_convert_to_invoice()["res_id"], invoice.id, "Twice must be once"
        )
        self.assertEqual(request.invoice_count, 1)

    def test_visit_is_billed_from_the_open_quote(self):
        request = self._create_request()
        quote = self._get_quote(request.action_convert_to_quote())
        quote.order_line[0].product_uom_qty = 4.0
        action = request.action_convert_to_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(invoice.amount_untaxed, 4 * 110.0 + 50.0 + 2 * 40.0)
        self.assertEqual(request.order_ids, quote)

    def test_nothing_to_bill_is_said(self):
        request = self._create_request(request_line_ids=False)
        with self.assertRaisesRegex(UserError, "Water heater leaks.*no products or services"):
            request.action_convert_to_invoice()
        self.assertFalse(request.order_ids)
