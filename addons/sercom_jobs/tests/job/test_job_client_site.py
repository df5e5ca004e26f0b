from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobClientSite(SercomJobsCommon):
    """For whom and where a job is: it agrees with its order, its file and its people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_salesman.group_ids += cls.env.ref("account.group_delivery_invoice_address")
        cls.other = cls.env["res.partner"].create({"name": "Paul Roy"})
        cls.cottage = cls._create_site(name="Cottage", street="1 chemin du Lac")
        cls.soon = fields.Datetime.now().replace(minute=0, second=0) + timedelta(days=2)

    def _sell(self, **vals):
        """A sold quote with its planned job."""
        order = self._create_quote(**vals)
        order.action_confirm()
        job = order.fsm_order_ids
        job.write(
            {
                "person_id": self.worker.id,
                "scheduled_date_start": self.soon,
                "scheduled_duration": 2.0,
            }
        )
        job.assignment_ids.action_confirm()
        return order, job

    def _check_told_of_cottage(self, job):
        event = job.assignment_ids.calendar_event_id
        self.assertEqual(event.fsm_location_id, self.cottage)
        self.assertIn("1 chemin du Lac", event.location)
        told = self.env["mail.message"].search(
            [("model", "=", "fsm.order"), ("body", "like", "no longer at Duplex")]
        )
        self.assertEqual(told.mapped("res_id"), job.ids)
        self.assertEqual(told.partner_ids, self.user_technician.partner_id)

    def test_another_site_of_a_sold_order_reaches_its_open_jobs(self):
        order, job = self._sell()
        order.action_new_job()
        done = order.fsm_order_ids - job
        done.action_complete()
        form = Form(order.with_user(self.user_salesman))
        form.fsm_location_id = self.cottage
        form.save()
        self.assertEqual(job.location_id, self.cottage)
        self.assertEqual(done.location_id, self.site, "it was done there")
        self.assertEqual(job.assignment_ids.fsm_location_id, self.cottage)
        self.assertEqual(order.service_file_id.fsm_location_id, self.cottage)
        self._check_told_of_cottage(job)

    def test_another_delivery_address_of_a_sold_order_keeps_its_site(self):
        order, job = self._sell()
        address = self.env["res.partner"].create(
            {"name": "Shed", "type": "delivery", "parent_id": self.client_partner.id}
        )
        form = Form(order.with_user(self.user_salesman))
        form.partner_shipping_id = address
        form.save()
        self.assertEqual(order.fsm_location_id | job.location_id, self.site)

    def test_another_site_of_a_request_reaches_the_job_of_its_quote(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        order = lead.order_ids
        order.action_confirm()
        job = order.fsm_order_ids
        form = Form(lead.with_user(self.user_salesman))
        form.fsm_location_id = self.cottage
        form.save()
        self.assertEqual(order.fsm_location_id | job.location_id, self.cottage)

    def test_an_order_with_open_jobs_has_a_site(self):
        order, job = self._sell()
        with self.assertRaisesRegex(UserError, f"{job.name} of {order.name} is to be done at"):
            order.with_user(self.user_salesman).fsm_location_id = False

    def test_another_site_of_a_job_is_told_too(self):
        order, job = self._sell()
        form = Form(job.with_user(self.user_dispatcher))
        form.location_id = self.cottage
        form.save()
        self.assertEqual(order.fsm_location_id, self.cottage)
        self._check_told_of_cottage(job)

    def test_a_sold_quote_stays_its_clients(self):
        order, job = self._sell()
        file = order.service_file_id
        form = Form(job.with_user(self.user_dispatcher))
        form.partner_id = self.other
        with self.assertRaisesRegex(UserError, f"{job.name} was sold to Marie .* {order.name}"):
            form.save()
        refused = self.assertRaisesRegex(UserError, f"{order.name} is sold to Marie Tremblay")
        with refused, self.env.cr.savepoint():
            order.partner_id = self.other
        self.assertEqual((file.partner_id, order.partner_id), (self.client_partner,) * 2)

    def test_a_job_without_quote_leaves_for_its_own_file_with_its_order_and_visit(self):
        """The first client's file keeps what is the first client's."""
        lead = self._create_request()
        file = lead.service_file_id
        job = self._create_billable_job(
            service_file_id=file.id,
            person_id=self.worker.id,
            scheduled_date_start=self.soon,
            scheduled_duration=2.0,
        )
        job.assignment_ids.action_confirm()
        event = job.assignment_ids.calendar_event_id
        self.assertEqual((job | job.sale_id.fsm_order_ids).service_file_id, file)
        form = Form(job.with_user(self.user_dispatcher))
        form.partner_id = self.other
        form.save()
        own = job.service_file_id
        self.assertEqual((own.partner_id, file.partner_id), (self.other, self.client_partner))
        self.assertEqual(job.sale_id.service_file_id | event.service_file_id, own)
        self.assertEqual(job.sale_id.partner_id, self.other)
        self.assertEqual((lead.service_file_id, file.active), (file, True))

    def test_another_contact_of_a_sold_order_is_its_jobs_client(self):
        order, job = self._sell()
        son = self.env["res.partner"].create(
            {"name": "Her son", "parent_id": self.client_partner.id}
        )
        order.partner_id = son
        self.assertEqual((job.partner_id, job.location_id), (son, self.site))
        self.assertEqual(job.service_file_id, order.service_file_id)

    def test_a_job_for_the_tenant_opens_the_tenants_file(self):
        job = self._create_job(partner_id=self.other.id)
        self.assertEqual(job.service_file_id.partner_id, self.other)
        file = self._create_quote().service_file_id
        second = self._create_job(partner_id=self.other.id, service_file_id=file.id)
        self.assertEqual(second.service_file_id.partner_id, self.other)
        self.assertEqual(file.partner_id, self.client_partner)
        self.assertEqual(second.sale_id.service_file_id, second.service_file_id)

    def _get_form_of_dispatcher(self, *record):
        model = self.env["fsm.order"].with_user(self.user_dispatcher)
        return Form(record[0].with_user(self.user_dispatcher) if record else model)

    def test_another_client_is_not_called_by_the_former_clients_phone(self):
        home = self._create_site(name="Roy house", owner_id=self.other.id)
        form = self._get_form_of_dispatcher()
        form.partner_id = self.client_partner
        self.assertEqual(form.contact_id, self.client_partner)
        form.partner_id = self.other  # chosen by mistake first
        self.assertEqual((form.contact_id, form.location_id), (self.other, home))
        job = form.save()
        self.assertEqual((job.contact_id, job.location_id), (self.other, home))
        form = self._get_form_of_dispatcher(job)
        form.partner_id = self.client_partner
        form.location_id = self.site
        job = form.save()
        self.assertEqual((job.partner_id, job.contact_id), (self.client_partner,) * 2)

    def test_a_client_with_several_sites_is_asked_which(self):
        self._create_site(name="Roy house", owner_id=self.other.id)
        form = self._get_form_of_dispatcher()
        form.partner_id = self.other
        self._create_site(name="Roy duplex", owner_id=self.other.id)
        form.partner_id = self.client_partner
        form.location_id = self.site
        form.partner_id = self.other
        self.assertFalse(form.location_id)

    def test_a_tenant_stays_the_contact(self):
        tenant = self.env["res.partner"].create({"name": "Tania Tenant"})
        form = self._get_form_of_dispatcher()
        form.partner_id = self.client_partner
        form.contact_id = tenant
        form.location_id = self.site
        self.assertEqual(form.contact_id, tenant)
        form.location_id = self.cottage
        self.assertEqual(form.save().contact_id, tenant)

    def test_another_site_is_opened_by_its_own_contact(self):
        janitors = self.env["res.partner"].create([{"name": "Ann"}, {"name": "Bob"}])
        self.site.contact_id, self.cottage.contact_id = janitors
        form = self._get_form_of_dispatcher()
        form.partner_id = self.client_partner
        form.location_id = self.site
        form.contact_id = janitors[0]
        job = form.save()
        job.location_id = self.cottage
        self.assertEqual(job.contact_id, janitors[1])
        form = self._get_form_of_dispatcher(job)
        form.location_id = self.site
        self.assertEqual(form.contact_id, janitors[0])

    def test_the_visit_is_called_by_its_new_client(self):
        job = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.soon, scheduled_duration=2.0
        )
        job.assignment_ids.action_confirm()
        event = job.assignment_ids.calendar_event_id
        self.assertIn(self.client_partner.name, event.name)
        form = self._get_form_of_dispatcher(job)
        form.partner_id = self.other
        form.save()
        self.assertIn(self.other.name, event.name)
        self.assertNotIn(self.client_partner.name, event.name)
        event.name = "Bring the long ladder"
        job.partner_id = self.client_partner
        self.assertEqual(event.name, "Bring the long ladder", "somebody's own words")
