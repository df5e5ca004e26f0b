from odoo.tests import tagged

from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION

from .common import ROLES, SercomCommon
from .screens import Screens

OFFICE = ("estimator", "dispatcher", "manager")


@tagged("post_install", "-at_install")
class TestFormHeaders(SercomCommon):
    """A form's header says in three seconds what to do: one thing first, four at most in all."""

    def _get_header(self, record, role):
        user = self.users[role]
        screens = Screens(self.env(user=user, context={**self.env.context, "lang": "en_US"}))
        return screens.get_header(record.with_env(screens.env))

    def _get_first(self, record, role):
        """The highlighted button of a record's form for ``role``; its header is checked."""
        header = self._get_header(record, role)
        with self.subTest(record=record.display_name, role=role, header=header):
            self.assertLessEqual(len(header), 4)
            self.assertLessEqual(len([label for label, is_first in header if is_first]), 1)
        return next((label for label, is_first in header if is_first), None)

    def _create_own_job(self, **vals):
        return self._create_billable_job(
            **{"person_id": self.worker.id, "scheduled_date_start": self.start, **vals}
        )

    def _assert_first(self, record, expected):
        for role, label in expected.items():
            with self.subTest(role=role):
                self.assertEqual(self._get_first(record, role), label)

    def test_job_in_each_state(self):
        self.client_partner.email = False  # so that the report is sent by hand
        job = self._create_own_job()
        self._assert_first(job, {"dispatcher": "Plan", "manager": "Plan", "estimator": None})
        job.action_plan()
        self._assert_first(
            job,
            {"dispatcher": "Start Job", "estimator": "Start Job", "technician": "Clock In"},
        )
        job.action_start()
        self._assert_first(job, {"dispatcher": "Complete", "technician": "Clock In"})
        job.with_user(self.users["technician"]).action_clock_in()
        self._assert_first(job, {"dispatcher": "Complete", "technician": "Clock Out"})
        job.with_user(self.users["technician"]).action_clock_out()
        job.action_complete()
        self._assert_first(
            job, {"dispatcher": "Convert to Invoice", "accountant": "Convert to Invoice"}
        )
        self._assert_first(job, {"technician": "Send Report"})
        job.action_convert_to_invoice()
        self._assert_first(job, {"dispatcher": "Send Report", "accountant": "Send Report"})

    def test_header_of_a_job_is_short_for_every_role(self):
        jobs = self._create_own_job() | self._create_own_job(
            scheduled_date_start=self.start.replace(day=4)
        )
        for move in ("action_plan", "action_start", "action_cancel", None):
            for job in jobs:
                for role in ROLES:
                    self._get_first(job, role)
            if move:
                getattr(jobs, move)()

    def test_waiting_for_the_client_asks_for_the_answer(self):
        policy = self.env["sercom.sla.policy"].create(
            {
                "name": "Standard",
                "calendar_id": self.company.resource_calendar_id.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
            }
        )
        job = self._create_own_job(sla_policy_id=policy.id)
        job.action_wait_for_client()
        labels = [label for label, _is_first in self._get_header(job, "dispatcher")]
        self.assertIn("Client Answered", labels)
        for role in ROLES:
            self._get_first(job, role)

    def test_quote_at_each_stage(self):
        quote = self._create_quote()
        self._assert_first(quote, dict.fromkeys(OFFICE, "Send"))
        labels = [label for label, _is_first in self._get_header(quote, "estimator")]
        self.assertNotIn("Convert to Invoice", labels)
        quote.action_quotation_sent()
        self._assert_first(quote, dict.fromkeys(OFFICE, "Confirm"))
        SKIP_JOB_GENERATION(quote).action_confirm()
        self._assert_first(quote, dict.fromkeys(OFFICE, "Create Invoice"))
        lost = self._create_quote()
        lost._action_cancel()
        self._assert_first(lost, dict.fromkeys(OFFICE))

    def test_a_change_order_goes_from_sent_to_agreed(self):
        quote = self._create_quote()
        # sudo: no more than what makes it one
        quote.sudo().origin_fsm_order_id = self._create_own_job()
        quote.sudo().is_change_order = True
        self._assert_first(quote, {"estimator": "Send"})
        quote.action_quotation_sent()
        self._assert_first(quote, {"estimator": "Spoken Consent"})

    def test_an_unaccepted_quote_is_invoiced_only_when_asked(self):
        quote = self._create_quote().with_user(self.users["estimator"])
        arch, _values = Screens(quote.env).read_form(quote)
        [button] = arch.xpath("//header/button[@name='action_convert_to_invoice']")
        self.assertIn("not accepted", button.get("confirm"))

    def test_request_before_and_after_its_quote(self):
        request = self._create_request()
        self._assert_first(request, dict.fromkeys(OFFICE, "Convert to Quote"))
        request.action_convert_to_quote()
        self._assert_first(request, dict.fromkeys(OFFICE))

    def test_enriching_is_no_step_of_a_request(self):
        """Odoo's paid service stays at hand of plain leads, and under *Actions* of a request."""
        if "iap_enrich_done" not in self.env["crm.lead"]._fields:
            self.skipTest("crm_iap_enrich is not installed")
        plain = self.env["crm.lead"].create(
            {"name": "A deal", "type": "opportunity", "email_from": "ann@firm.example"}
        )
        request = self._create_request(email_from="ann@firm.example")
        for lead, is_shown in ((plain, True), (request, False)):
            labels = [label for label, _is_first in self._get_header(lead, "estimator")]
            self.assertEqual("Enrich" in labels, is_shown, labels)

    def test_plain_orders_keep_odoos_buttons(self):
        order = self.env["sale.order"].create({"partner_id": self.client_partner.id})
        order.fsm_location_id = False
        self.assertFalse(order.service_file_id)
        labels = [label for label, _is_first in self._get_header(order, "estimator")]
        self.assertLessEqual({"Send", "Print", "Confirm", "Preview", "Cancel"}, set(labels))
