from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_duration

from odoo.addons.sercom_requests.tools.local_time import day_start

from ...tools.sheet.access import AMOUNT_GROUPS


class SercomPayPeriod(models.Model):
    """Who checks the sheets of a period is told which hours are on none of them."""

    _inherit = "sercom.pay.period"

    waiting_people = fields.Char(
        "Not on These Sheets",
        compute="_compute_waiting_people",
        compute_sudo=True,
        groups=AMOUNT_GROUPS,
        help="Clock entries up to the last day that are open, under review or not approved. Once "
        "they are approved, they are paid on the next sheet that is prepared.",
    )
    is_over = fields.Boolean(compute="_compute_is_over")

    @api.depends("date_end")
    def _compute_is_over(self):
        today = fields.Date.context_today(self)
        for period in self:
            period.is_over = bool(period.date_end) and period.date_end < today

    @api.depends("date_start", "date_end", "sheet_ids.state")
    @api.depends_context("lang")
    def _compute_waiting_people(self):
        for period in self:
            hours = {}
            for entry in period._find_waiting_entries():
                count, total = hours.get(entry.employee_id, (0, 0.0))
                hours[entry.employee_id] = (count + 1, total + entry.worked_hours)
            period.waiting_people = ", ".join(
                f"{person.name} ({count}, {format_duration(total)})"
                for person, (count, total) in hours.items()
            )

    def _find_waiting_entries(self):
        """Clock entries of this one period that no sheet pays yet, in sudo."""
        company = self.company_id
        if not self.date_end:
            return self.env["hr.attendance"]
        zone = company.partner_id.tz or company.resource_calendar_id.tz or "UTC"
        first = min(company.pay_since or self.date_start, self.date_start)
        # sudo: what waits is told, and the entries are not
        entries = self.env["hr.attendance"].sudo()
        return entries.search(
            Domain("employee_id.company_id", "=", company.id)
            & Domain("check_in", ">=", day_start(first, zone))
            & Domain("check_in", "<", day_start(self.date_end + timedelta(days=1), zone))
            & entries._get_pay_waiting_domain(),
            order="employee_id, check_in",
        )
