from datetime import timedelta

from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestFileNext(SercomJobsCommon):
    """A service file says whom to call, where, what is next, and each visit once."""

    def test_whom_to_call_and_where_is_in_the_form(self):
        file = self._create_request().service_file_id
        form = Form(file.with_user(self.user_dispatcher))
        self.assertEqual(form.client_phone, self.client_partner.phone)
        self.assertEqual(form.site_address, "4321 rue Saint-Denis, Montréal")

    def test_next_is_what_the_records_wait_for(self):
        request = self._create_request()
        file = request.service_file_id.with_user(self.user_dispatcher)

        def get_next():
            file.invalidate_recordset(["next_action"])
            return file.next_action

        self.assertIn("Water heater leaks", get_next())
        request.action_convert_to_quote()
        quote = request.order_ids
        self.assertEqual(get_next(), f"Send {quote.name}")
        quote.action_quotation_sent()
        self.assertEqual(get_next(), f"Get an answer to {quote.name}")
        quote.action_confirm()
        job = quote.fsm_order_ids
        self.assertEqual(get_next(), f"Plan {job.name}")
        action = file.action_open_next()
        self.assertEqual((action["res_model"], action["res_id"]), ("fsm.order", job.id))
        job.write({"person_id": self.worker.id, "scheduled_date_start": self.start})
        job.action_plan()
        self.assertEqual(get_next(), f"{job.name} on 11/03/2026")
        job.action_start()
        self.assertEqual(get_next(), f"Finish {job.name}")
        job.action_complete()
        self.assertEqual(get_next(), f"Invoice {quote.name}")
        quote.action_convert_to_invoice()
        move = quote.invoice_ids
        billing = file.with_user(self.user_accountant)
        self.assertIn("draft invoice", billing.next_action)
        move.action_post()
        billing.invalidate_recordset(["next_action"])
        self.assertEqual(billing.next_action, f"Collect {move.name}")

    def test_what_one_may_not_read_is_not_said(self):
        request = self._create_request()
        request.action_convert_to_quote()
        file = request.service_file_id.with_user(self.user_internal)
        if file.has_access("read"):
            self.assertFalse(file.next_action)

    def test_each_visit_once_and_by_whom(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        other._get_fsm_persons()
        job = self._create_job()
        self.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": person.id,
                    "date_start": self.start + timedelta(days=day),
                    "date_end": self.start + timedelta(days=day, hours=2),
                    "state": "confirmed",
                }
                for person in self.employee | other
                for day in (0, 1)
            ]
        )
        file = job.service_file_id.with_user(self.user_dispatcher)
        visits = [entry for entry in file.timeline if entry["kind"] in ("job", "appointment")]
        self.assertEqual([entry["kind"] for entry in visits], ["job", "appointment"])
        for name in ("Luc Gagnon", "Anne Roy"):
            self.assertIn(name, visits[0]["who"])
        self.assertIn(self.user_technician.name, visits[1]["who"])
