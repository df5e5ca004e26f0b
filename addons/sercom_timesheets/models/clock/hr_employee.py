from datetime import datetime

from odoo import models

from odoo.addons.sercom_jobs.tools.job.schedule import to_local, to_utc


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_local_day_start(self, moment):
        """When the day of this one person began that a moment falls in.

        :param datetime moment: UTC, naive
        :return: naive UTC datetime
        """
        self.ensure_one()
        zone = self._get_planning_tz()
        midnight = datetime.combine(to_local(moment, zone).date(), datetime.min.time())
        return to_utc(midnight, zone)

    def _attendance_action_change(self, geo_information=None):
        # OVERRIDE hr_attendance: two taps on the top bar, or on two kiosks, wait for each other.
        self.env["hr.attendance"]._lock_clocks(self)
        return super()._attendance_action_change(geo_information)
