from odoo.tests import Form, new_test_user, tagged

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestPlainUsers(SercomJobsCommon):
    """People of the firm without any role of Sercom go on with their own work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = new_test_user(cls.env, "billing", groups="account.group_account_invoice")
        cls.sales = new_test_user(cls.env, "sales", groups="sales_team.group_sale_salesman")

    def test_billing_opens_every_invoice(self):
        job = self._create_billable_job()
        job.action_complete()
        job.action_convert_to_invoice()
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.client_partner.id,
                "invoice_line_ids": [(0, 0, {"name": "Rent", "price_unit": 10.0})],
            }
        )
        for move in job.invoice_ids | bill:
            with self.subTest(move.move_type), Form(move.with_user(self.billing)) as form:
                self.assertTrue(form.partner_id)

    def test_billing_opens_a_service_file_with_photos(self):
        file = self._create_request().service_file_id.with_user(self.billing)
        self.assertTrue(Form(file).name)

    def test_sales_opens_leads_with_and_without_jobs(self):
        plain = self.env["crm.lead"].create({"name": "Plain", "user_id": self.sales.id})
        request = self._create_request(user_id=self.sales.id)
        request.action_convert_to_job()
        for lead in plain | request:
            with self.subTest(lead.name):
                self.assertTrue(Form(lead.with_user(self.sales)).name)

    def test_a_request_of_no_company_gets_a_site(self):
        lead = self.env["crm.lead"].create(
            {"name": "By e-mail", "user_id": False, "team_id": False}
        )
        lead.company_id = False
        lead.fsm_location_id = self.site
        self.assertEqual(lead.service_file_id.company_id, lead.company_id)
        self.assertTrue(lead.company_id)

    def test_a_file_follows_the_client_of_its_request(self):
        lead = self._create_request()
        other = self.env["res.partner"].create({"name": "The right client"})
        lead.partner_id = other
        self.assertEqual(lead.service_file_id.partner_id, other)
