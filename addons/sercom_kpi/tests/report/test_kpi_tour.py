from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import KpiCommon


@tagged("post_install", "-at_install", "slow")
class TestKpiTour(HttpCase, KpiCommon):
    """In a browser, a figure opens the records it is made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "kpi_manager",
            "fieldservice.group_fsm_manager,account.group_account_invoice,"
            "sales_team.group_sale_salesman_all_leads,hr_timesheet.group_timesheet_manager",
        )
        cls.manager.write({"tz": "America/Toronto", "lang": "en_US"})
        cls.hourly = cls._create_hourly_job()
        today = fields.Date.context_today(cls.manager.with_user(cls.manager))
        cls.env["account.analytic.line"].create(
            [
                {
                    "name": name,
                    "employee_id": cls.employee.id,
                    "fsm_order_id": cls.hourly.id,
                    "project_id": cls.company.service_project_id.id,
                    "date": today,
                    "unit_amount": hours,
                }
                for name, hours in (("Opened the wall", 3.33), ("Closed the wall", 4.44))
            ]
        )

    def test_a_cell_opens_its_timesheets(self):
        self.start_tour("/odoo/kpi-hours", "sercom_kpi_cell", login="kpi_manager")

    def test_monday_opens_what_is_to_bill(self):
        self.start_tour("/odoo/kpi-monday", "sercom_kpi_monday", login="kpi_manager")
