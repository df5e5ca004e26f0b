from odoo import models


class TimesheetsAnalysisReport(models.Model):
    """The same hours in Odoo's report: no costs for those who only approve them."""

    _name = "timesheets.analysis.report"
    _inherit = ["timesheets.analysis.report", "sercom.labour.cost.mixin"]
    _labour_cost_fields = frozenset({"amount", "margin", "timesheet_revenues"})
