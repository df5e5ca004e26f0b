from odoo import models
from odoo.fields import Domain


class ResourceCalendarLeaves(models.Model):
    """Public holidays that change move the deadlines of open jobs."""

    _inherit = "resource.calendar.leaves"

    def _get_change_snapshot(self):
        return {**super()._get_change_snapshot(), "sla": self._get_sla_domain()}

    def _after_change(self, before):
        super()._after_change(before)
        domain = before["sla"] | self._get_sla_domain()
        if not domain.is_false():
            self.env["fsm.order"]._recompute_sla(domain)

    def _get_sla_domain(self):
        """Jobs whose clock these leaves stop: those of a person stop none."""
        public = self.filtered(lambda leave: not leave.resource_id and leave.time_type == "leave")
        domains = []
        for leave in public:
            calendar = leave.calendar_id
            company = leave.company_id
            domain = calendar._get_sla_domain() if calendar else Domain.TRUE
            domains.append(domain & Domain("company_id", "=?", company.id))
        return Domain.OR(domains)
