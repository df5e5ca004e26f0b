from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobAccess(SercomJobsCommon):
    """What nobody reaches by another road: cancelling, companies, a duplicate, a forged word."""

    def test_cancelling_the_order_takes_the_right_to_cancel_its_jobs(self):
        order = self._create_quote()
        order.action_confirm()
        sold = order.with_user(self.user_salesman)
        for cancel in (sold.action_cancel, sold._action_cancel):
            with self.assertRaisesRegex(AccessError, "Only a dispatcher can cancel"):
                cancel()
        self.assertEqual((order.state, order.fsm_order_ids.state), ("sale", "to_plan"))
        with self.assertRaisesRegex(AccessError, "Only a dispatcher can cancel"):
            sold.state = "cancel"  # the field is guarded as the button is
        order.with_user(self.user_dispatcher)._action_cancel()
        self.assertEqual((order.state, order.fsm_order_ids.state), ("cancel", "cancelled"))
        quote = self._create_quote().with_user(self.user_salesman)
        quote._action_cancel()  # it has no job
        self.assertEqual(quote.state, "cancel")

    def test_who_may_not_cancel_has_no_button(self):
        order = self._create_quote()
        sold = order.with_user(self.user_salesman)
        self.assertTrue(sold.is_cancel_allowed)
        order.action_confirm()
        self.assertFalse(sold.is_cancel_allowed)
        self.assertTrue(order.with_user(self.user_dispatcher).is_cancel_allowed)
        arch = sold.get_views([(False, "form")])["views"]["form"]["arch"]
        self.assertIn("not is_cancel_allowed", arch)

    def test_a_draft_invoice_is_the_accountants(self):
        order = self._create_quote()
        order.action_confirm()
        invoice = order._create_invoices()
        with self.assertRaisesRegex(UserError, f"{order.name} has a draft invoice"):
            order.with_user(self.user_dispatcher)._action_cancel()
        self.assertEqual((order.state, invoice.state), ("sale", "draft"))
        invoice.button_cancel()
        order.with_user(self.user_dispatcher)._action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_stage_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        stage = self.env["fsm.stage"].create(
            {"name": "Theirs", "stage_type": "order", "company_id": company.id, "sequence": 99}
        )
        job = self._create_job()
        with self.assertRaises(UserError):
            job.stage_id = stage

    def test_duplicate_carries_nothing_that_was_done(self):
        job = self._create_billable_job(person_id=self.worker.id)
        job.action_start()
        job.resolution = "<p>Valve replaced</p>"
        job.action_complete()
        copy = job.with_user(self.user_dispatcher).copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "to_plan",
                    "date_start": False,
                    "date_end": False,
                    "resolution": False,
                    "signature": False,
                    "invoice_lines": [],
                }
            ],
        )

    def test_site_of_a_quote_is_asked_for_whatever_the_context_says(self):
        quote = self._create_quote(fsm_location_id=False).with_user(self.user_dispatcher)
        forged = quote.with_context(skip_job_generation=True, invoice_fsm_order_ids=[])
        with self.assertRaisesRegex(UserError, "has no site"):
            forged.action_confirm()
        quote.fsm_location_id = self.site
        forged.action_confirm()
        self.assertTrue(quote.fsm_order_ids)

    def test_signature_is_dated_by_the_server(self):
        job = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        job.action_start()
        for vals in ({"signed_on": "2020-01-01 08:00:00"}, {"invoice_lines": []}):
            with self.subTest(vals), self.assertRaises(AccessError):
                job.write(vals)
