from datetime import timedelta

from odoo import models


class HrVersion(models.Model):
    """Of which contract an hour is, is asked for each person who clocks out."""

    _inherit = "hr.version"

    def _compute_dates(self):
        # OVERRIDE hr, which searches the version after each: the same, from one search for all.
        if len(self) < 2:
            return super()._compute_dates()
        known = self.search([("employee_id", "in", self.employee_id.ids)], order="date_version")
        known = known.grouped("employee_id")
        for version in self:
            later = [
                other.date_version - timedelta(days=1)
                for other in known.get(version.employee_id, [])
                if other.date_version > version.date_version
            ]
            ends = [*later[:1], version.contract_date_end]
            version.date_start = max(
                filter(None, [version.date_version, version.contract_date_start])
            )
            version.date_end = min(filter(None, ends), default=False)
        return None
