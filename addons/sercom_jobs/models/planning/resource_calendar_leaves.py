from odoo import api, fields, models
from odoo.fields import Domain

from .sercom_assignment import LIVE_STATES

SPAN_FIELDS = {"date_from", "date_to", "resource_id", "calendar_id", "company_id", "time_type"}


class ResourceCalendarLeaves(models.Model):
    """Time off that comes after the plan: the blocks it hits are flagged, the dispatcher is told.

    A validated leave (``hr.leave``), a public holiday and a day entered by hand are all records
    of this model; a refused or cancelled one is deleted.
    """

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._get_hit_assignments()._follow_time_off()
        return leaves

    def write(self, vals):
        if SPAN_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._get_hit_assignments()
        res = super().write(vals)
        (before | self._get_hit_assignments())._follow_time_off()
        return res

    def unlink(self):
        before = self._get_hit_assignments()
        res = super().unlink()
        before._follow_time_off()
        return res

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
