from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ClockCommon


@tagged("post_install", "-at_install")
class TestCopiedHours(ClockCommon):
    def test_hours_of_a_job_are_duplicated_by_whoever_logs_hours(self):
        """What they cost follows from the person: it is not carried, and so is not refused."""
        self.user_dispatcher.group_ids += self.env.ref("hr_timesheet.group_hr_timesheet_approver")
        manager = self._create_user(
            "sercom_hours_manager",
            "hr_timesheet.group_timesheet_manager,fieldservice.group_fsm_manager,"
            "account.group_account_manager",
        )
        line = self.env["account.analytic.line"].create(
            {
                "name": "Typed",
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "unit_amount": 2.0,
            }
        )
        clocked = self._get_lines(self._clock(self.start, self.start.replace(hour=17)))
        clocked.sudo().write({"approval_state": "approved"})
        for source in (line, clocked):
            for user in (self.user_dispatcher, manager):
                with self.subTest(source=source.name, user=user.name):
                    copy = source.with_user(user).copy()
                    self.assertRecordValues(
                        copy.sudo(),
                        [
                            {
                                "fsm_order_id": self.job.id,
                                "unit_amount": source.unit_amount,
                                "amount": source.sudo().amount,
                                "approval_state": "draft",
                                "attendance_id": False,
                                "timesheet_invoice_id": False,
                            }
                        ],
                    )
                    copy.sudo().unlink()

    def test_an_order_with_hours_is_not_deleted(self):
        job = self._create_hourly_job()
        order = job.sale_id
        self._clock(self.start, self.start.replace(hour=17), job=job)
        self.assertTrue(order.order_line.timesheet_ids)
        order._action_cancel()
        with self.assertRaisesRegex(UserError, f"{order.name}.*[Ll]eave it cancelled"):
            order.unlink()
        with self.assertRaisesRegex(UserError, "hours were worked on"):
            order.order_line.unlink()
        with self.assertRaisesRegex(UserError, f"Hours were worked on {job.name}"):
            job.unlink()
