from odoo import fields, models
from odoo.fields import Domain

from .sercom_assignment import LIVE_STATES


class ResourceCalendarLeaves(models.Model):
    """Time off that comes after the plan flags the blocks it hits; the dispatcher is told."""

    _inherit = "resource.calendar.leaves"

    def _get_change_snapshot(self):
        return {**super()._get_change_snapshot(), "assignments": self._get_hit_assignments()}

    def _after_change(self, before):
        super()._after_change(before)
        (before["assignments"] | self._get_hit_assignments())._follow_time_off()

    def _get_hit_assignments(self):
        """Live blocks, from today on, that these leaves touch. One search for them all."""
        # sudo: who takes time off may not read all they are planned on
        Assignment = self.env["sercom.assignment"].sudo()
        now = fields.Datetime.now()
        # sudo: a calendar's leaves may be another's
        spans = [leave._get_hit_domain() for leave in self.sudo() if leave.date_to > now]
        if not spans:
            return Assignment
        return Assignment.search(
            Domain.OR(spans) & Domain("state", "in", LIVE_STATES) & Domain("date_end", ">", now)
        )

    def _get_hit_domain(self):
        """Domain of the assignments this one leave touches."""
        domain = Domain("date_start", "<", self.date_to) & Domain("date_end", ">", self.date_from)
        if self.resource_id:
            return domain & Domain("employee_id.resource_id", "=", self.resource_id.id)
        if self.company_id:
            domain &= Domain("employee_id.company_id", "=", self.company_id.id)
        if self.calendar_id:
            domain &= Domain(
                "employee_id.version_ids.resource_calendar_id", "=", self.calendar_id.id
            )
        return domain
