from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestLinks(SercomJobsCommon):
    """A link to a job tells nothing to who may not open it, and opens nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_job(person_id=cls.worker.id)
        cls.other = cls._create_job()
        cls.other.service_file_id.subject = "Burst pipe"

    def _told(self, job, **spec):
        """What a technician reads of a link to a job that they type into a new photo."""
        Photo = self.env["sercom.photo"].with_user(self.user_technician)
        name = {"fields": {"display_name": {}}}
        values = Photo.with_context(job_with_subject=True).onchange(
            {"fsm_order_id": job.id}, [], {"fsm_order_id": name, "service_file_id": name}
        )["value"]
        return [values[field]["display_name"] for field in ("fsm_order_id", "service_file_id")]

    def test_the_client_is_told_to_who_may_open_the_job(self):
        client = self.client_partner.name
        with self.assertRaises(AccessError):
            self._told(self.other)
        for name in self._told(self.own):
            self.assertIn(client, name)
        for user in (self.user_dispatcher, self.user_salesman):
            name = self.other.with_user(user).with_context(job_with_subject=True).display_name
            self.assertEqual(name, f"{self.other.name} · {client} · Burst pipe")

    def test_a_job_gets_no_contact_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere Inc."})
        contact = self.env["res.partner"].create(
            {"name": "Secret", "phone": "555-0199", "company_id": company.id}
        )
        for user in (self.user_technician, self.user_dispatcher):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.own.with_user(user).contact_id = contact
        Job = self.env["fsm.order"].with_user(self.user_dispatcher)
        with self.assertRaises(AccessError), self.cr.savepoint():
            Job.create({"location_id": self.site.id, "contact_id": contact.id})
        self.own.with_user(self.user_technician).contact_id = self.client_partner

    def test_nobody_on_site_takes_a_job_off_the_plan(self):
        self.own.scheduled_date_start = self.start
        self.own.action_plan()
        own = self.own.with_user(self.user_technician)
        stage = own._get_stage("to_plan", own.company_id)
        for vals in ({"state": "to_plan"}, {"stage_id": stage.id}):
            with self.assertRaisesRegex(AccessError, "off the plan"), self.cr.savepoint():
                own.write(vals)
        self.own.with_user(self.user_dispatcher).action_unplan()
        self.assertEqual(self.own.state, "to_plan")

    def test_what_is_no_quantity_is_refused(self):
        own = self.own.with_user(self.user_technician)
        product = self.products[2]
        lines = own.sudo().sale_line_ids
        for quantity in (float("nan"), float("inf"), 1e300, -1e300, "3", True, None, [1]):
            with (
                self.subTest(quantity=quantity),
                self.assertRaisesRegex(UserError, "no quantity"),
                self.cr.savepoint(),
            ):
                own._update_order_line_info(product.id, quantity)
        self.assertEqual(own.sudo().sale_line_ids, lines)
        own._update_order_line_info(product.id, 2)

    def test_the_catalog_sells_what_it_shows(self):
        own = self.own.with_user(self.user_technician)
        company = self.env["res.company"].create({"name": "Elsewhere Inc."})
        kept = self._create_product(name="Not for sale", sale_ok=False)
        foreign = self._create_product(name="Theirs", company_id=company.id)
        for product in (kept, foreign, self.env["product.product"].browse(2**30)):
            with self.assertRaisesRegex(UserError, "not in the catalog"), self.cr.savepoint():
                own._update_order_line_info(product.id, 1)
