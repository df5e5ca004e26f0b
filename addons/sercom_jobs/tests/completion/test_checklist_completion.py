from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ChecklistCommon


@tagged("post_install", "-at_install")
class TestChecklistCompletion(ChecklistCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_checked_job(person_id=cls.worker.id)
        cls.own = cls.job.with_user(cls.user_technician)

    def _leave_out(self, user, reason="No gas on site"):
        wizard = self.env["sercom.job.complete"].with_user(user)
        wizard = wizard.with_context(active_id=self.job.id).create({"reason": reason})
        self.assertEqual(len(wizard.check_ids), 4)
        return wizard.action_complete()

    def test_required_items_block_by_name(self):
        message = "To do on its checklist: Gas shut off, Leak found, Gas pressure, Plate"
        with self.assertRaisesRegex(UserError, f"{self.job.name} cannot .* {message}"):
            self.own.action_complete()
        done = self.job._get_stage("done", self.company)
        with self.assertRaisesRegex(UserError, "Gas pressure"):
            self.job.with_context(bypass_order_completed_stage=True).stage_id = done
        self._answer_all(self.own)
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_a_long_list_is_cut(self):
        self.checklist.line_ids = [Command.create({"name": f"Item {n}"}) for n in range(20)]
        job = self._create_checked_job()
        with self.assertRaisesRegex(UserError, "Item 5, and 14 more"):
            job.action_complete()

    def test_cancelling_is_never_blocked(self):
        self.job.action_cancel()
        self.assertEqual(self.job.state, "cancelled")

    def test_dispatcher_completes_with_a_reason(self):
        self._leave_out(self.user_dispatcher)
        self.assertEqual(self.job.state, "done")
        self.assertIn("No gas on site", "".join(self.job.message_ids.mapped("body")))
        states = self.job.check_ids.filtered(
            lambda check: check.is_required and not check.display_type
        ).mapped("state")
        self.assertEqual(set(states), {"skipped"})
        self.job.action_reopen()
        check = self._item(self.job, "Leak found")
        check.action_answer("no")
        self.assertRecordValues(check, [{"state": "done", "skip_reason": False}])

    def test_technicians_leave_nothing_out(self):
        with self.assertRaises(AccessError):
            self._leave_out(self.user_technician)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
            self.own._leave_out_checks("Tired")
        with self.assertRaises(AccessError):
            self._item(self.own, "Leak found").skip_reason = "Tired"

    def test_report_tells_the_answers(self):
        self._answer_all(self.job)
        self._item(self.job, "Gas pressure").action_answer(9.5)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("fieldservice.report_fsm_order", self.job.ids)[0]
            .decode()
        )
        for words in ("Gas heater", "9.5 kPa", "past limits", "2 of 2 photos", "Not done"):
            self.assertIn(words, html)
