from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.field_access import MANAGER
from odoo.addons.sercom_requests.tools.wording import format_day, format_number

from ...tools.monday.targets import get_reached
from ...tools.monday.weeks import get_weeks
from ...tools.report.ratios import RATIOS
from .sercom_kpi_monday import WEEKLY


class SercomKpiTarget(models.Model):
    """A target that was missed is an activity of a manager: once a week, where one asks for it."""

    _inherit = "sercom.kpi.target"

    is_watched = fields.Boolean(
        "Warn",
        help="Each Monday a manager gets an activity where the week that is over missed it.",
    )
    warned_week = fields.Date("Last Looked At", readonly=True, copy=False)

    @api.model
    def _get_writable_fields(self):
        fields_by_group = super()._get_writable_fields()
        return {**fields_by_group, MANAGER: fields_by_group[MANAGER] | {"is_watched"}}

    @api.model
    def _cron_warn_missed(self):
        """Look at the week that is over, once."""
        week = get_weeks(fields.Date.context_today(self))[0]
        for target in self.search([("is_watched", "=", True), ("warned_week", "!=", week)]):
            value = target._get_week_value(week)
            if get_reached(value, target.value, WEEKLY[target.measure]) is False:
                target._warn_missed(week, value)
            target.warned_week = week

    def _get_week_value(self, week):
        """The figure of this one target in a week; ``None`` where there is nothing to divide by."""
        self.ensure_one()
        Monday = self.env["sercom.kpi.monday"].with_context(allowed_company_ids=self.company_id.ids)
        domain = Monday._get_week_domain(week)
        if self.team_id:
            domain &= Domain("person_team_id", "=", self.team_id.id)
        if self.employee_id:
            domain &= Domain("employee_id", "=", self.employee_id.id)
        value = Monday._read(domain, [], [self.measure])[0][0]
        if self.measure in RATIOS:  # nothing to divide by
            return None if value is False else value
        return value or 0.0

    def _warn_missed(self, week, value):
        """Give a manager of the company an activity; it hangs on no record."""
        user = self.env["res.users"]._get_recipients({self: ()}, MANAGER)[self]
        if not user:
            return
        target = self.with_context(lang=user.lang)
        whose = self.team_id.name or self.employee_id.name or self.company_id.name
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "automated": True,
                "user_id": user.id,
                "date_deadline": fields.Date.context_today(self),
                "summary": target.env._(
                    "%(figure)s, %(whose)s: %(value)s in the week of %(week)s, target %(target)s",
                    figure=dict(target._get_measures())[self.measure],
                    whose=whose,
                    value=format_number(target.env, round(value, 2)),
                    week=format_day(target.env, week),
                    target=format_number(target.env, self.value),
                ),
            }
        )
