from odoo.tests import HttpCase, tagged

from .common import SercomCommon
from .quebec import QuebecCommon


class TourCase(HttpCase):
    """Tours read the screen in English, whatever language the database was made in."""

    @classmethod
    def _speak_english(cls, *roles):
        cls.env["res.lang"]._activate_lang("en_US")
        for role in roles:
            cls.users[role].lang = "en_US"
        stages = {"new": "To Plan", "completed": "Done"}
        for stage, name in stages.items():
            cls.env.ref(f"fieldservice.fsm_stage_{stage}").with_context(lang="en_US").name = name


@tagged("post_install", "-at_install")
class TestOfficeTour(TourCase, QuebecCommon):
    """The office takes a request to a paid invoice, at a desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_english("dispatcher", "accountant")
        cls.caller = cls.env["res.partner"].create(
            {
                "name": "Clara Tour",
                "street": "12 chemin du Lac",
                "city": "Magog",
                "state_id": cls.env.ref("base.state_ca_qc").id,
                "country_id": cls.env.ref("base.ca").id,
            }
        )
        cls._create_product(
            name="Tour plumbing hour",
            type="service",
            field_service_tracking="sale",
            uom_id=cls.env.ref("uom.product_uom_hour").id,
            list_price=100.0,
            taxes_id=cls.tax.ids,
        )
        cls.theo = cls._create_role_user("technician", login="theo", name="Theo Tour")
        employee = cls.env["hr.employee"].create({"name": "Theo Tour", "user_id": cls.theo.id})
        employee._get_fsm_persons()

    def test_from_request_to_paid_invoice(self):
        self.start_tour("/odoo", "sercom_office_request_to_job", login="role_dispatcher")
        lead = self.env["crm.lead"].search([("partner_id", "=", self.caller.id)])
        self.assertEqual(lead.name, "Kitchen sink leaks")
        site = lead.fsm_location_id
        self.assertRecordValues(
            site, [{"name": "Chalet Tour", "owner_id": self.caller.id, "city": "Magog"}]
        )
        job = lead.fsm_order_ids
        self.assertEqual((job.state, job.location_id, job.sold_hours), ("done", site, 3.0))
        block = job.assignment_ids
        planned = (block.employee_id.user_id, block.planned_hours)
        self.assertEqual(planned, (self.theo, 3.0))
        self.assertEqual(block.calendar_event_id.partner_ids, self.theo.partner_id, "invited")

        self.start_tour("/odoo", "sercom_office_job_to_payment", login="role_accountant")
        move = job.invoice_ids
        self.assert_taxes(move, 300.0, 15.0, 29.93)
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0.0))
        file = lead.service_file_id
        self.assertEqual((file.state, move.service_file_id), ("paid", file))


@tagged("post_install", "-at_install")
class TestTechnicianTour(TourCase, SercomCommon):
    """A technician does a job with a phone."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_english("technician")
        cls.part = cls._create_product(name="Tour valve", type="consu", list_price=40.0)
        cls.job = cls._create_job(
            location_id=cls._create_site(name="Own Tour Site").id,
            person_id=cls.worker.id,
            scheduled_date_start=cls.start,
            description="<p>Replace the valve</p>",
        )
        cls.job.action_plan()
        cls._create_job(location_id=cls._create_site(name="Other Tour Site").id)

    def test_from_my_jobs_to_the_signature(self):
        self.start_tour("/odoo", "sercom_technician_job", login="role_technician")
        self.assertRecordValues(self.job, [{"state": "done", "signed_by": "Clara Tour"}])
        self.assertTrue(self.job.signature)
        self.assertEqual(self.job.sale_line_ids.product_id, self.part)
        self.assertEqual(self.job.photo_ids.mapped("name"), ["New valve"])
        self.assertEqual(self.job.photo_ids.user_id, self.users["technician"])
