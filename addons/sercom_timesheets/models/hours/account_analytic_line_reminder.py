from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.wording import format_number

from .account_analytic_line_approval import APPROVER

ACTIVITY = "sercom_timesheets.mail_activity_type_hours"
AFTER = timedelta(days=7)


class AccountAnalyticLine(models.Model):
    """Once a week, approvers are told of hours that have waited longer than seven days."""

    _inherit = "account.analytic.line"

    @api.model
    def _cron_remind_approvers(self):
        """Give each approver one activity, or bring the open one up to date."""
        waiting = self._get_waiting_hours()
        Activity = self.env["mail.activity"]
        kind = self.env.ref(ACTIVITY)
        known = {
            activity.user_id: activity
            for activity in Activity.search([("activity_type_id", "=", kind.id)])
        }
        today = fields.Date.context_today(self)
        vals_list = []
        for user, (count, hours) in waiting.items():
            env = self.with_context(lang=user.lang).env
            summary = env._(
                "Hours to approve, older than 7 days: %(count)s lines, %(hours)s h",
                count=count,
                hours=format_number(env, hours),
            )
            if user in known:
                known.pop(user).summary = summary
            else:
                vals_list.append(
                    {
                        "activity_type_id": kind.id,
                        "automated": True,
                        "user_id": user.id,
                        "date_deadline": today,
                        "summary": summary,
                    }
                )
        Activity.browse([activity.id for activity in known.values()]).unlink()
        Activity.with_context(mail_activity_quick_update=True).create(vals_list)

    @api.model
    def _get_waiting_hours(self):
        """Old hours in draft by approver: ``{user: (count, hours)}``."""
        groups = self._read_group(
            [
                *self._get_to_approve_domain(),
                ("fsm_order_id", "!=", False),
                ("date", "<", fields.Date.context_today(self) - AFTER),
            ],
            ["company_id", "employee_id"],
            ["__count", "unit_amount:sum"],
        )
        people = self.env["hr.employee"].union(*(employee for _company, employee, *_sums in groups))
        supervisors = people._get_hours_supervisors(APPROVER)
        waiting = {}
        for _company, employee, count, hours in groups:
            user = supervisors.get(employee)
            if user:
                known = waiting.get(user, (0, 0.0))
                waiting[user] = (known[0] + count, known[1] + hours)
        return waiting
