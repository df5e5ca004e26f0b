from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon

COST = 137.93
REPORT_COSTS = ("timesheets_cost", "attendance_cost", "cost_difference")


@tagged("post_install", "-at_install")
class TestLabourCosts(SercomJobsCommon):
    """What an hour costs is told by no other road: balances of projects, reports of attendances."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.hourly_cost = COST
        now = fields.Datetime.now()
        cls.entry = cls.env["hr.attendance"].create(
            {
                "employee_id": cls.employee.id,
                "fsm_order_id": cls._create_billable_job().id,
                "check_in": now - timedelta(hours=5),
                "check_out": now - timedelta(hours=3),
            }
        )
        cls.project = cls.company.service_project_id
        office = (
            "hr_attendance.group_hr_attendance_user,hr_timesheet.group_hr_timesheet_approver,"
            "base.group_allow_export"
        )
        cls.hidden = {
            "technician": cls._create_user(
                "cost_technician", "fieldservice.group_fsm_user_own,base.group_allow_export"
            ),
            "estimator": cls._create_user(
                "cost_estimator",
                "fieldservice.group_fsm_user,sales_team.group_sale_salesman,"
                "base.group_allow_export",
            ),
            "dispatcher": cls._create_user(
                "cost_dispatcher", f"fieldservice.group_fsm_dispatcher,{office}"
            ),
            "employee": cls._create_user("cost_employee", "base.group_user"),
        }
        cls.shown = {
            "accountant": cls._create_user(
                "cost_accountant",
                "fieldservice.group_fsm_user,account.group_account_invoice,"
                "hr_timesheet.group_hr_timesheet_approver",
            ),
            "manager": cls._create_user(
                "cost_manager",
                "fieldservice.group_fsm_manager,hr_timesheet.group_timesheet_manager",
            ),
            "project manager": cls._create_user("cost_projects", "project.group_project_manager"),
        }
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_a_project_tells_no_cost(self):
        self.assertAlmostEqual(self.project.analytic_account_balance, -2 * COST, 2)
        for role, user in self.hidden.items():
            project = self.project.with_user(user)
            with self.subTest(role=role):
                self.assertTrue(project.name)
                self.assertNotIn("analytic_account_balance", project.fields_get())
                for day in (False, fields.Date.today()):
                    at = project.with_context(from_date=day, to_date=day)
                    with self.assertRaises(AccessError):
                        at.read(["analytic_account_balance"])
                    with self.assertRaises(AccessError):
                        at.search([("analytic_account_balance", "<", 0)])
        for role, user in self.shown.items():
            project = self.project.with_user(user)
            with self.subTest(role=role):
                self.assertAlmostEqual(project.analytic_account_balance, -2 * COST, 2)

    def test_a_job_is_no_road_to_it(self):
        Line = self.env["account.analytic.line"].with_user(self.hidden["dispatcher"])
        path = "project_id.analytic_account_balance"
        with self.assertRaises(AccessError):
            Line.search([(path, "<", 0)])
        with self.assertRaises(AccessError):
            Line.search([("fsm_order_id", "!=", False)], limit=1).export_data(
                ["project_id/analytic_account_balance"]
            )

    def test_an_account_tells_no_cost(self):
        for role in ("technician", "estimator", "dispatcher"):
            account = self.project.account_id.with_user(self.hidden[role])
            for name in ("balance", "debit", "credit"):
                with self.subTest(role=role, field=name):
                    self.assertNotIn(name, account.fields_get())
                    with self.assertRaises(AccessError):
                        account.read([name])
                    with self.assertRaises(AccessError):
                        account.formatted_read_group([], [], [f"{name}:sum"])

    def test_odoos_report_of_attendances_tells_no_cost(self):
        Report = self.env["hr.timesheet.attendance.report"]
        find = [("employee_id", "=", self.employee.id)]
        rows = Report.search(find)
        self.assertTrue(rows)
        for role in ("technician", "estimator", "dispatcher"):
            own = rows.with_user(self.hidden[role])
            for name in REPORT_COSTS:
                with self.subTest(role=role, field=name):
                    self.assertNotIn(name, own.fields_get())
                    with self.assertRaises(AccessError):
                        own.read([name])
                    with self.assertRaises(AccessError):
                        own.search([(name, "!=", 0)])
                    with self.assertRaises(AccessError):
                        own.search([], order=name)
                    with self.assertRaises(AccessError):
                        own.formatted_read_group(find, [], [f"{name}:sum"])
                    with self.assertRaises(AccessError):
                        own.formatted_read_group(find, [name], ["__count"])
                    with self.assertRaises(AccessError):
                        own.export_data([name])
            if own.has_access("read"):
                for kind in ("pivot", "graph"):
                    arch = own.get_view(view_type=kind)["arch"]
                    self.assertFalse([name for name in REPORT_COSTS if name in arch])
        hours = Report.with_user(self.hidden["dispatcher"])._read_group(
            find, [], ["total_attendance:sum"]
        )
        self.assertAlmostEqual(hours[0][0], self.entry.worked_hours)
        for role in ("accountant", "manager"):
            Report.with_user(self.shown[role])._read_group(find, [], ["attendance_cost:sum"])
