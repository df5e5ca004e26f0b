from odoo import api, models

from odoo.addons.sercom_requests.tools.local_time import day_start, local_date

from .hr_attendance import LAST_FIRST


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_local_day_start(self, moment):
        """When the day of the person began that a moment falls in.

        :param datetime moment: UTC, naive
        :return: naive UTC datetime
        """
        self.ensure_one()
        zone = self._get_planning_tz()
        return day_start(local_date(moment, zone), zone)

    @api.depends("attendance_ids")
    def _compute_last_attendance_id(self):
        # OVERRIDE hr_attendance, which orders by check-in alone: of two entries that begin in the
        # same second it may take the ended one, and then nobody can clock out any more.
        for employee in self:
            employee.last_attendance_id = self.env["hr.attendance"].search(
                [("employee_id", "in", employee.ids)], order=LAST_FIRST, limit=1
            )

    def _attendance_action_change(self, geo_information=None):
        # OVERRIDE hr_attendance: two taps on the top bar, or on two kiosks, wait for each other.
        self.env["hr.attendance"]._lock_clocks(self)
        return super()._attendance_action_change(geo_information)
