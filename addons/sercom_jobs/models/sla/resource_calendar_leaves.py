from odoo import api, models
from odoo.fields import Domain

SPAN_FIELDS = {"date_from", "date_to", "calendar_id", "company_id", "resource_id", "time_type"}


class ResourceCalendarLeaves(models.Model):
    """Public holidays that change move the deadlines of open jobs."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        self._recompute_sla(leaves._get_sla_domain())
        return leaves

    def write(self, vals):
        if SPAN_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._get_sla_domain()
        res = super().write(vals)
        self._recompute_sla(before | self._get_sla_domain())
        return res

    def unlink(self):
        before = self._get_sla_domain()
        res = super().unlink()
        self._recompute_sla(before)
        return res

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

    def _recompute_sla(self, domain):
        if not domain.is_false():
            self.env["fsm.order"]._recompute_sla(domain)
