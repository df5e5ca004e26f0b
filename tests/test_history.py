from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_requests.tools.history import SILENT_KEYS, is_silent, silently
from odoo.addons.sercom_timesheets.tests.common import ClockCommon

from .common import SercomCommon

# Models with a field that Sercom tracks and whose history is left to Odoo, with why.
LEFT_TO_ODOO = {
    "crm.lead": "what a caller wishes; a request is no evidence",
    "sale.order": "Odoo itself marks orders as sent without telling; Sercom's notes are messages",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestHistory(SercomCommon, ClockCommon):
    """Who changed what is written down whatever a client says in the context."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contexts = [{key: True} for key in SILENT_KEYS] + [dict.fromkeys(SILENT_KEYS, True)]

    def _get_history(self, record):
        """What a record's chatter says, with the values that changed, from here on."""
        self.env.cr.flush()
        self.env.invalidate_all()
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )
        new = messages - self.known.get(record, messages.browse())
        self.known[record] = messages
        # sudo: values of fields that some may not read
        fields = new.sudo().tracking_value_ids.field_id.mapped("name")
        return " ".join(new.mapped(lambda message: str(message.body))), set(fields)

    def _each_context(self, role):
        """The role's own environment with each context that leaves out history in Odoo."""
        user = self.users[role]
        for context in self.contexts:
            self.known = {}
            with self.subTest(role=role, context=context):
                yield self.env(user=user.id, context={"lang": "en_US", **context})

    def _get_job(self, **vals):
        job = self._create_billable_job(**vals)
        self._get_history(job)
        return job

    def test_changes_of_the_plan(self):
        for env in self._each_context("dispatcher"):
            job = self._get_job()
            start = self.start + timedelta(days=len(self.env["fsm.order"].search([])))
            block = env["sercom.assignment"].create(
                {
                    "fsm_order_id": job.id,
                    "employee_id": self.anne.id,
                    "date_start": start,
                    "date_end": start + timedelta(hours=1),
                    "state": "confirmed",
                }
            )
            self.assertIn("Planned: Anne Roy", self._get_history(job)[0])
            block.date_end += timedelta(hours=1)
            self.assertIn("Moved: Anne Roy", self._get_history(job)[0])
            block.employee_id = self.employee
            self.assertIn("Moved: Anne Roy", self._get_history(job)[0])
            block.unlink()
            self.assertIn("Taken off: Technician", self._get_history(job)[0])

    def test_changes_of_a_job(self):
        for env in self._each_context("dispatcher"):
            job = self._get_job()
            own = job.with_env(env)
            own.scheduled_date_start = self.start
            self.assertIn("scheduled_date_start", self._get_history(job)[1])
            own.action_cancel()
            body, fields = self._get_history(job)
            self.assertIn("Cancelled: no reason was given", body)
            self.assertIn("stage_id", fields)

    def test_why_a_job_is_cancelled(self):
        reason = self.env.ref("sercom_jobs.sercom_job_cancel_reason_price")
        for env in self._each_context("dispatcher"):
            job = self._get_job()
            job.with_env(env)._cancel(reason)
            self.assertLessEqual({"stage_id", "cancel_reason_id"}, self._get_history(job)[1])

    def test_completed_without_what_is_missing(self):
        for env in self._each_context("dispatcher"):
            job = self._get_job(signature_rule="yes")
            job.with_env(env)._complete_without("Client left")
            self.assertIn("incomplete_reason", self._get_history(job)[1])

    def test_changes_of_a_clock_entry(self):
        start = self.start - timedelta(days=2)
        for number, env in enumerate(self._each_context("manager")):
            job = self._get_job()
            begin = start + timedelta(hours=number)
            entry = self._clock(begin, begin + timedelta(hours=1), self.anne, job)
            self._get_history(entry)
            entry.with_env(env).write({"work_type": "travel"})
            self.assertIn("work_type", self._get_history(entry)[1])

    def test_decisions_about_a_correction(self):
        entry = self._clock(
            self.start - timedelta(days=1),
            self.start - timedelta(hours=20),
            job=self.env["fsm.order"],
        )
        for env in self._each_context("manager"):
            correction = self.env["sercom.clock.correction"].create(
                {
                    "attendance_id": entry.id,
                    "new_check_in": entry.check_in,
                    "new_check_out": entry.check_out - timedelta(minutes=5),
                    "typed_reason": "Left earlier",
                }
            )
            self._get_history(correction)
            correction.with_env(env).action_refuse("No")
            self.assertIn("state", self._get_history(correction)[1])

    def test_changes_of_a_service_file(self):
        for env in self._each_context("dispatcher"):
            file = self._get_job().service_file_id
            self._get_history(file)
            file.with_env(env).subject = f"Another {env.context}"
            self.assertIn("subject", self._get_history(file)[1])

    def test_every_model_that_tracks_says_so(self):
        """A model that Sercom tracks fields of keeps its history, or it is said why not."""
        tracked = {
            model._name
            for model in self.env.values()
            if not model._abstract
            for field in model._fields.values()
            if getattr(field, "tracking", None)
            and not field.inherited
            and any(module.startswith("sercom_") for module in field._modules or ())
        }
        self.assertIn("fsm.order", tracked)
        kept = {name for name in tracked if getattr(self.env[name], "_is_history_kept", False)}
        self.assertEqual(tracked - kept, set(LEFT_TO_ODOO))

    def test_only_server_code_is_silent(self):
        env = self.env(user=self.users["manager"].id, context={"silent": True})
        forged = env["fsm.order"].with_context(tracking_disable=True, silent=True)
        self.assertFalse(is_silent(forged))
        self.assertFalse(is_silent(forged.sudo()))
        self.assertTrue(is_silent(silently(env["fsm.order"])))
        self.assertTrue(is_silent(silently(env["fsm.order"]).sudo()))
