from odoo import models


class HrTimesheetAttendanceReport(models.Model):
    """Hours of timesheets and of the clock compared: no costs for those who only approve them."""

    _name = "hr.timesheet.attendance.report"
    _inherit = ["hr.timesheet.attendance.report", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"timesheets_cost", "attendance_cost", "cost_difference"})
