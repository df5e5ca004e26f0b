from datetime import timedelta

from odoo.tests import Form, tagged

from ..common import ClockCommon

HOUR = timedelta(hours=1)

# event: worked, delivered, billed, still to bill, and what each road drafts at $120 an hour
EVENTS = {
    "nothing": (3, 3, 3, 0, 0),
    "hours_down": (2, 2, 3, -1, -120),
    "late_hours": (5, 5, 3, 2, 240),
    "not_approved": (5, 3, 3, 0, 0),
    "draft_deleted": (3, 3, 0, 3, 360),
    "credited_in_full": (3, 3, 0, 3, 360),
    "credited_by_line": (3, 3, 2, 1, 120),
    "cancelled_unbilled": (3, 3, 0, 3, 360),
    "cancelled_with_less": (2, 2, 3, -1, -120),
}


@tagged("post_install", "-at_install")
class TestCreditedHours(ClockCommon):
    """Hours billed on what was worked: the job and its order draft the same, each hour once."""

    def _work(self, job, start, hours, approve=True):
        entry = self._clock(start, start + hours * HOUR, job=job)
        if approve:
            entry.timesheet_ids.approval_state = "approved"
        return entry

    def _bill(self, job):
        move = self.env["account.move"].browse(job.action_convert_to_invoice()["res_id"])
        self.assertEqual(move.amount_untaxed, 360.0)
        return move

    def _bill_and_post(self, job):
        move = self._bill(job)
        move.action_post()
        return move

    def _do_nothing(self, job, entry):
        self._bill_and_post(job)

    def _do_hours_down(self, job, entry):
        self._bill_and_post(job)
        entry.check_out = self.start + 2 * HOUR
        entry.timesheet_ids.filtered("is_adjustment").approval_state = "approved"

    def _do_late_hours(self, job, entry):
        self._bill_and_post(job)
        self._work(job, self.start + 4 * HOUR, 2)

    def _do_not_approved(self, job, entry):
        self.company.is_billing_approved_only = True
        self._bill_and_post(job)
        self._work(job, self.start + 4 * HOUR, 2, approve=False)

    def _do_draft_deleted(self, job, entry):
        self._bill(job).unlink()

    def _do_credited_in_full(self, job, entry):
        self._bill_and_post(job)._reverse_moves().action_post()

    def _do_credited_by_line(self, job, entry):
        credit = self._bill_and_post(job)._reverse_moves()
        credit.invoice_line_ids.quantity = 1
        credit.action_post()

    def _do_cancelled_unbilled(self, job, entry):
        job.action_cancel()

    def _do_cancelled_with_less(self, job, entry):
        self._do_hours_down(job, entry)
        job.action_cancel()

    def test_events(self):
        for event, (*figures, money) in EVENTS.items():
            with self.cr.savepoint() as outer:
                job = self._create_hourly_job()
                entry = self._work(job, self.start, 3)
                getattr(self, f"_do_{event}")(job, entry)
                line = job.sale_line_ids
                with self.subTest(event=event):
                    self.assertEqual(
                        [
                            job.worked_hours,
                            line.qty_delivered,
                            line.qty_invoiced,
                            line.qty_to_invoice,
                        ],
                        figures,
                    )
                for road in (job, job.sale_id):
                    with self.subTest(event=event, road=road._name), self.cr.savepoint() as inner:
                        before = job.sale_id.invoice_ids
                        road.action_convert_to_invoice()
                        road.action_convert_to_invoice()
                        new = job.sale_id.invoice_ids - before
                        self.assertEqual(sum(new.mapped("amount_untaxed_signed")), money)
                        self.assertEqual(new.fsm_order_ids, job if money else job[:0])
                        inner.rollback()
                        self.env.invalidate_all()
                outer.rollback()
                self.env.invalidate_all()

    def test_an_invoice_made_again_bills_its_hours(self):
        job = self._create_hourly_job()
        lines = self._work(job, self.start, 3).timesheet_ids
        move = self._bill_and_post(job)
        late = self._work(job, self.start + 4 * HOUR, 2).timesheet_ids
        context = {"active_model": "account.move", "active_ids": move.ids}
        Wizard = self.env["account.move.reversal"].with_user(self.user_accountant)
        wizard = Form(Wizard.with_context(**context)).save()
        wizard.modify_moves()
        new = wizard.new_move_ids.sudo()
        self.assertEqual(lines.timesheet_invoice_id, new)
        self.assertFalse(late.timesheet_invoice_id)
        new.action_post()
        self.assertEqual(lines.timesheet_invoice_id, new)
        # By period, only what was worked since is left.
        order_line = job.sale_line_ids
        order_line._recompute_qty_to_invoice(self.start.date(), self.start.date())
        self.assertEqual(order_line.qty_to_invoice, 2.0)

    def test_cancelling_tells_of_the_hours(self):
        job = self._create_hourly_job()
        entry = self._work(job, self.start, 2)
        self._clock(self.start + 3 * HOUR, False, employee=self.anne, job=job)
        user = self.user_dispatcher
        action = job.with_user(user).action_ask_cancel()
        wizard = self.env["sercom.job.cancel"].with_user(user).browse(action["res_id"])
        lines = {line.key: line for line in wizard.line_ids}
        self.assertIn("Anne Roy", lines["clock"].name)
        self.assertIn("2:00", lines["hours"].name.replace("02:00", "2:00"))
        opened = lines["hours"].action_open()
        self.assertEqual(opened["res_model"], "account.analytic.line")
        self.assertEqual(opened["res_id"], entry.timesheet_ids.id)
        self.assertTrue(lines["clock"].action_open()["res_id"])
