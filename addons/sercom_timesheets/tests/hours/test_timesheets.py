from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.hours.hours_change import HoursChange
from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestTimesheets(ClockCommon):
    def test_a_clock_entry_becomes_a_timesheet(self):
        entry = self._clock(self.start, self.start + 2.5 * HOUR)
        self.assertRecordValues(
            entry.timesheet_ids,
            [
                {
                    "date": date(2026, 11, 3),
                    "unit_amount": 2.5,
                    "employee_id": self.employee.id,
                    "fsm_order_id": self.job.id,
                    "project_id": self.company.service_project_id.id,
                    "partner_id": self.client_partner.id,
                    "so_line": self.job.sale_line_ids.filtered(
                        lambda line: line.product_id == self.product_hour
                    ).id,
                    "amount": -100.0,
                    "billable_hours": 2.5,
                    "approval_state": "draft",
                    "name": "Water heater leaks",
                }
            ],
        )
        self.assertEqual(self.job.labour_cost, 100.0)

    def test_labour_counts_in_the_margin(self):
        before = self.job.margin
        self._clock(self.start, self.start + HOUR)
        self.assertEqual(self.job.margin, before - 40.0)

    def test_hours_are_split_at_the_persons_midnight(self):
        # 22:00 to 6:00 in Montréal, over the night clocks go back.
        entry = self._clock(datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11))
        self.assertEqual(
            [(line.date, line.unit_amount) for line in self._get_lines(entry)],
            [(date(2026, 10, 31), 2.0), (date(2026, 11, 1), 7.0)],
        )
        entry = self._clock(datetime(2026, 3, 8, 3), datetime(2026, 3, 8, 10))
        self.assertEqual(
            [(line.date, line.unit_amount) for line in self._get_lines(entry)],
            [(date(2026, 3, 7), 2.0), (date(2026, 3, 8), 5.0)],
        )

    def test_raw_hours_are_not_rounded(self):
        entry = self._clock(self.start, self.start + timedelta(minutes=7, seconds=13))
        self.assertAlmostEqual(entry.timesheet_ids.unit_amount, 433 / 3600, 9)

    def test_no_time_makes_no_timesheet(self):
        self.assertFalse(self._clock(self.start, self.start).timesheet_ids)

    def test_lunch_worked_through_is_worked(self):
        # 11:00 to 14:00 in Montréal: Odoo takes the pause off its own hours.
        entry = self._clock(self.start + 2 * HOUR, self.start + 5 * HOUR)
        self.assertEqual(entry.timesheet_ids.unit_amount, 3.0)

    def test_travel_is_billed_by_setting(self):
        entry = self._clock(self.start, self.start + HOUR, work_type="travel")
        self.assertFalse(entry.timesheet_ids.so_line)
        self.assertEqual(entry.timesheet_ids.billable_hours, 0.0)
        self.company.is_travel_billed = True
        entry = self._clock(self.start + HOUR, self.start + 2 * HOUR, work_type="travel")
        self.assertEqual(entry.timesheet_ids.so_line.product_id, self.product_hour)

    def test_changing_the_entry_changes_the_line(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        line = entry.timesheet_ids
        entry.check_out = self.start + 3 * HOUR
        self.assertEqual((line.unit_amount, line.amount), (3.0, -120.0))
        other = self._create_billable_job()
        entry.fsm_order_id = other
        self.assertEqual(entry.timesheet_ids.fsm_order_id, other)
        self.assertEqual(other.worked_hours, 3.0)
        self.assertEqual(self.job.worked_hours, 0.0)
        entry.check_out = False
        self.assertFalse(entry.timesheet_ids)

    def test_an_approved_line_that_changes_comes_back(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        line = entry.timesheet_ids
        line.approval_state = "approved"
        entry.check_out = self.start + 3 * HOUR
        self.assertEqual((line.unit_amount, line.approval_state), (3.0, "draft"))

    def test_what_does_not_change_stays_approved(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        entry.timesheet_ids.approval_state = "approved"
        entry.check_out = self.start + 2 * HOUR
        self.assertEqual(entry.timesheet_ids.approval_state, "approved")

    def test_locked_hours_are_adjusted_by_another_line(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        line = entry.timesheet_ids
        line.approval_state = "locked"
        HoursChange("Left earlier").apply_to(entry).check_out = self.start + 1.5 * HOUR
        adjustment = entry.timesheet_ids - line
        self.assertEqual(line.unit_amount, 2.0)
        self.assertRecordValues(
            adjustment,
            [
                {
                    "unit_amount": -0.5,
                    "is_adjustment": True,
                    "adjustment_reason": "Left earlier",
                    "approval_state": "draft",
                    "amount": 20.0,
                }
            ],
        )
        self.assertEqual(self.job.worked_hours, 1.5)
        # Corrected again before it is fixed: the same adjustment changes.
        entry.check_out = self.start + 1.75 * HOUR
        self.assertEqual(adjustment.unit_amount, -0.25)
        entry.check_out = self.start + 2 * HOUR
        self.assertEqual(entry.timesheet_ids, line)

    def test_locked_hours_of_another_job(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        entry.timesheet_ids.approval_state = "locked"
        other = self._create_billable_job()
        entry.fsm_order_id = other
        self.assertEqual((self.job.worked_hours, other.worked_hours), (0.0, 2.0))
        self.assertEqual(len(entry.timesheet_ids), 3)

    def test_billed_hours_are_never_changed(self):
        job = self._create_hourly_job()
        entry = self._clock(self.start, self.start + 3 * HOUR, job=job)
        line = entry.timesheet_ids
        line.approval_state = "approved"
        self.assertEqual(job.sale_line_ids.qty_delivered, 3.0)
        invoice = job.sale_id._create_invoices()
        invoice.action_post()
        self.assertEqual(line.timesheet_invoice_id, invoice)
        with self.assertRaisesRegex(UserError, "invoiced"):
            line.unit_amount = 2.0
        entry.check_out = self.start + 2 * HOUR
        self.assertEqual(line.unit_amount, 3.0)
        self.assertEqual((entry.timesheet_ids - line).unit_amount, -1.0)

    def test_hours_are_delivered_once_approved(self):
        job = self._create_hourly_job()
        entry = self._clock(self.start, self.start + 2 * HOUR, job=job)
        self.assertEqual(job.sale_line_ids.qty_delivered, 0.0)
        entry.timesheet_ids.approval_state = "approved"
        self.assertEqual(job.sale_line_ids.qty_delivered, 2.0)
        entry.check_out = self.start + 3 * HOUR
        self.assertEqual(job.sale_line_ids.qty_delivered, 0.0)
        self.company.is_billing_approved_only = False
        self._clock(self.start + 4 * HOUR, self.start + 5 * HOUR, job=job)
        self.assertEqual(job.sale_line_ids.qty_delivered, 4.0)

    def test_timesheets_of_plain_projects_are_delivered_at_once(self):
        product = self._sell_by_the_hour(field_service_tracking="no", list_price=90.0)
        order = self.env["sale.order"].create(
            {"partner_id": self.client_partner.id, "order_line": [self._line(product, 5.0)]}
        )
        order.action_confirm()
        project = self.env["project.project"].create(
            {"name": "Plain", "allow_billable": True, "sale_line_id": order.order_line.id}
        )
        line = self.env["account.analytic.line"].create(
            {
                "name": "Study",
                "project_id": project.id,
                "employee_id": self.employee.id,
                "unit_amount": 2.0,
            }
        )
        self.assertEqual(line.so_line, order.order_line)
        self.assertEqual(order.order_line.qty_delivered, 2.0)
        line.unit_amount = 3.0
        self.assertEqual(order.order_line.qty_delivered, 3.0)

    def test_odd_hours_wait_for_somebody(self):
        entry = self._clock(self.start, self.start + 40 * HOUR)
        self.assertEqual(entry.review_reason, "too_long")
        self.assertFalse(entry.timesheet_ids)
        entry.action_confirm_hours()
        self.assertFalse(entry.review_reason)
        self.assertEqual(sum(entry.timesheet_ids.mapped("unit_amount")), 40.0)
        self.assertEqual(len(entry.timesheet_ids), 3)

    def test_an_end_that_nobody_punched_waits(self):
        entry = self._clock(self.start, self.start + 8 * HOUR, out_mode="auto_check_out")
        self.assertEqual(entry.review_reason, "auto")
        self.assertFalse(entry.timesheet_ids)

    def test_lines_of_the_clock_are_corrected_on_the_clock(self):
        line = self._clock(self.start, self.start + 2 * HOUR).timesheet_ids
        with self.assertRaisesRegex(UserError, "come from the clock"):
            line.unit_amount = 5.0
        with self.assertRaisesRegex(UserError, "come from the clock"):
            line.unlink()

    def test_hours_typed_on_a_job_are_a_timesheet(self):
        line = self.env["account.analytic.line"].create(
            {
                "name": "Phone call",
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "unit_amount": 0.5,
            }
        )
        self.assertEqual(line.project_id, self.company.service_project_id)
        self.assertEqual(line.so_line.fsm_order_id, self.job)
        self.assertEqual(self.job.worked_hours, 0.5)

    def test_approval_is_not_written_by_hand(self):
        line = self._clock(self.start, self.start + 2 * HOUR).timesheet_ids
        user = self._create_user("sercom_approver", "hr_timesheet.group_hr_timesheet_approver")
        with self.assertRaises(AccessError):
            line.with_user(user).approval_state = "approved"

    def test_people_without_cost_or_user_and_who_left(self):
        person = self.env["hr.employee"].create({"name": "New"})
        entry = self._clock(self.start, self.start + 2 * HOUR, employee=person)
        self.assertEqual((entry.timesheet_ids.unit_amount, entry.timesheet_ids.amount), (2.0, 0.0))
        person.active = False
        entry.check_out = self.start + 3 * HOUR
        self.assertEqual(entry.timesheet_ids.unit_amount, 3.0)

    def test_a_raise_does_not_rewrite_old_costs(self):
        line = self._clock(self.start, self.start + 2 * HOUR).timesheet_ids
        self.employee.hourly_cost = 60.0
        self.assertEqual(line.amount, -80.0)

    def test_timesheets_of_many_entries_are_made_together(self):
        def prepare(count):
            people = self.env["hr.employee"].create([{"name": f"P{i}"} for i in range(count)])
            return [
                {
                    "employee_id": person.id,
                    "check_in": self.start,
                    "check_out": self.start + HOUR,
                    "fsm_order_id": self.job.id,
                }
                for person in people
            ]

        self.company._get_service_project()
        # Odoo reckons the breaks and checks overlaps person by person.
        self._assert_queries_each(2, prepare, self.env["hr.attendance"].create)
