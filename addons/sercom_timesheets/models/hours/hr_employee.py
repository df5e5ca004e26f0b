from odoo import api, models
from odoo.exceptions import ValidationError


class HrEmployee(models.Model):
    """Who decides on hours, and what an hour costs."""

    _inherit = "hr.employee"

    @api.constrains("hourly_cost")
    def _check_hourly_cost(self):
        for employee in self:
            # sudo: who may not read a cost did not write it
            if employee.sudo().hourly_cost < 0:
                raise ValidationError(
                    self.env._("%s: an hour costs no less than nothing.", employee.name)
                )

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
