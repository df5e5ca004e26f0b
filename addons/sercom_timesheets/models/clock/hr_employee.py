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

    # Who decides on hours

    def _get_hours_supervisors(self, group=None):
        """Who decides on the hours of each of these people, and is told of them.

        The person's *attendance manager* (Employees, Settings), else the first user of their
        company who manages all attendances; never the person.

        :param str group: external id of a group that the supervisor must be in
        :return: ``{employee: res.users}``, without those for whom there is nobody
        """
        found, general = {}, {}
        # sudo: employees do not read each other's files.
        for employee in self.sudo():
            company = employee.company_id
            user = employee.attendance_manager_id
            may = user.active and (not group or user.has_group(group))
            if not may or user == employee.user_id:
                if company not in general:
                    general[company] = self._get_general_supervisors(company, group)
                user = (general[company] - employee.user_id)[:1]
            if user:
                found[employee] = user
        return found

    @api.model
    def _get_general_supervisors(self, company, group=None):
        """Users who manage all attendances of a company, dispatchers before managers."""
        manager = self.env.ref("hr_attendance.group_hr_attendance_manager")
        users = self.env["res.users"]._get_company_users(
            "hr_attendance.group_hr_attendance_user", company
        )
        if group:
            users = users.filtered(lambda user: user.has_group(group))
        return users.sorted(lambda user: manager in user.all_group_ids)
