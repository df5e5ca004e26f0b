from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobConversion(SercomJobsCommon):
    def test_confirming_a_quote_makes_its_job(self):
        lead = self._create_request(priority="2")
        lead.action_convert_to_quote()
        order = lead.order_ids
        order.write({"scope": "<p>Replace the tank</p>", "service_notes": "<p>Dog</p>"})
        order.action_confirm()
        job = order.fsm_order_ids
        self.assertRecordValues(
            job,
            [
                {
                    "state": "to_plan",
                    "sale_id": order.id,
                    "opportunity_id": lead.id,
                    "service_file_id": lead.service_file_id.id,
                    "partner_id": self.client_partner.id,
                    "contact_id": self.client_partner.id,
                    "location_id": self.site.id,
                    "company_id": order.company_id.id,
                    "priority": "2",
                    "request_early": self.early,
                    "request_late": self.late,
                    "sold_hours": 3.0,
                    "scheduled_duration": 3.0,
                    "scheduled_date_start": False,
                }
            ],
        )
        self.assertIn("Replace the tank", job.description)
        self.assertIn("Dog", job.todo)
        self.assertEqual(job.sale_line_ids, order.order_line)

    def test_one_job_for_each_tracked_line(self):
        install = self._create_line_product()
        order = self._create_quote(
            order_line=[
                self._line(install),
                self._line(self.product_part, 2.0),
                self._line(install),
            ]
        )
        order.action_confirm()
        first, second = order.order_line[0].fsm_order_id, order.order_line[2].fsm_order_id
        self.assertEqual(order.fsm_order_ids, first | second)
        self.assertEqual(order.order_line[1].fsm_order_id, first)
        self.assertEqual(first.sale_line_id, order.order_line[0])

    def test_an_untracked_quote_makes_a_job_only_when_asked(self):
        order = self._create_quote(order_line=[self._line(self.product_travel)])
        order.action_confirm()
        self.assertFalse(order.fsm_order_ids)
        action = order.action_convert_to_job()
        self.assertEqual(action["res_id"], order.fsm_order_ids.id)
        self.assertEqual(order.order_line.fsm_order_id, order.fsm_order_ids)

    def test_several_quotes_are_confirmed_at_once(self):
        orders = self.env["sale.order"].concat(*[self._create_quote() for _number in range(3)])
        orders.action_confirm()
        self.assertEqual([len(order.fsm_order_ids) for order in orders], [1, 1, 1])

    def test_a_line_added_later_joins_the_job(self):
        order = self._create_quote()
        order.action_confirm()
        job = order.fsm_order_ids
        order.order_line = [self._line(self.product_part, 4.0), self._line(self.product_hour, 1.0)]
        self.assertEqual(order.order_line.fsm_order_id, job)
        self.assertEqual(order.fsm_order_ids, job)
        self.assertEqual(job.sold_hours, 4.0)

    def test_confirming_again_after_cancelling_makes_a_new_job(self):
        order = self._create_quote()
        order.action_confirm()
        cancelled = order.fsm_order_ids
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        live = order._get_live_jobs()
        self.assertEqual(len(live), 1)
        self.assertNotEqual(live, cancelled)
        self.assertEqual(order.order_line.fsm_order_id, live)

    def test_salesperson_without_field_service_confirms(self):
        order = self._create_quote().with_user(self.user_salesman)
        order.action_confirm()
        self.assertEqual(len(order.sudo().fsm_order_ids), 1)

    def test_quote_without_site_asks_for_it(self):
        order = self._create_quote(fsm_location_id=False)
        order.fsm_location_id = False
        for action in (order.action_confirm, order.action_convert_to_job):
            with self.assertRaisesRegex(UserError, f"{order.name} has no site"):
                action()
        self.assertEqual(order.state, "draft")

    def test_converting_twice_opens_the_first_job(self):
        order = self._create_quote()
        first = order.action_convert_to_job()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.action_convert_to_job()["res_id"], first["res_id"])
        self.assertEqual(len(order.fsm_order_ids), 1)
        order.action_new_job()
        self.assertEqual(len(order.fsm_order_ids), 2)

    def test_request_to_job_carries_everything(self):
        lead = self._create_request()
        action = lead.action_convert_to_job()
        job = lead.fsm_order_ids
        self.assertEqual(action["res_id"], job.id)
        self.assertRecordValues(
            job,
            [
                {
                    "opportunity_id": lead.id,
                    "service_file_id": lead.service_file_id.id,
                    "partner_id": self.client_partner.id,
                    "location_id": self.site.id,
                    "request_early": self.early,
                    "request_late": self.late,
                    "sold_hours": 3.0,
                }
            ],
        )
        self.assertIn("leaks on the floor", job.description)
        self.assertIn("Dog in the yard", job.todo)
        self.assertEqual(job.sale_id.state, "sale")
        self.assertEqual(
            job.sale_line_ids.mapped(lambda line: (line.product_id, line.product_uom_qty)),
            [(self.product_hour, 3.0), (self.product_travel, 1.0), (self.product_part, 2.0)],
        )
        self.assertEqual(lead.action_convert_to_job()["res_id"], job.id)
        self.assertEqual(lead.order_ids, job.sale_id)

    def test_request_to_job_confirms_its_quote(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        lead.action_convert_to_job()
        self.assertEqual(lead.order_ids.state, "sale")
        self.assertEqual(lead.fsm_order_ids.sale_id, lead.order_ids)

    def test_request_without_lines_becomes_a_job_to_fill(self):
        lead = self._create_request(request_line_ids=False)
        lead.action_convert_to_job()
        self.assertFalse(lead.fsm_order_ids.sale_line_ids)
        self.assertEqual(lead.fsm_order_ids.sale_id.state, "sale")

    def test_one_bad_request_does_not_stop_the_others(self):
        good = self._create_request()
        bad = self._create_request(name="No site", fsm_location_id=False)
        action = (good | bad).action_convert_to_job()
        self.assertTrue(good.fsm_order_ids)
        self.assertFalse(bad.fsm_order_ids)
        self.assertFalse(bad.order_ids, "nothing half-made stays")
        self.assertIn("No site has no site", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], good.fsm_order_ids.id)

    def test_job_to_quote_for_another_issue(self):
        job = self._create_billable_job()
        action = job.action_convert_to_quote()
        quote = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            quote,
            [
                {
                    "state": "draft",
                    "origin_fsm_order_id": job.id,
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "service_file_id": job.service_file_id.id,
                }
            ],
        )
        self.assertFalse(quote.order_line)
        self.assertEqual(job.action_convert_to_quote()["res_id"], quote.id)
        self.assertNotEqual(job.action_new_quote()["res_id"], quote.id)

    def test_technicians_do_not_convert(self):
        job = self._create_billable_job(person_id=self.worker.id)
        job.action_complete()
        for method in ("action_convert_to_invoice", "action_convert_to_quote"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(job.with_user(self.user_technician), method)()
        self.assertFalse(job.sale_id.invoice_ids)
