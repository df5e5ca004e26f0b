from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import MANAGER
from odoo.addons.sercom_requests.tools.wording import format_day

from ...tools.sheet.access import AMOUNT_GROUPS

ACTIVITY = "sercom_pay.mail_activity_type_rate"


class SercomPaySheet(models.Model):
    """Who prepares sheets sees which persons have no rate, and asks a manager, who sets them."""

    _inherit = "sercom.pay.sheet"

    date_without_rate = fields.Date(
        "Without a Rate Since",
        compute="_compute_date_without_rate",
        store=True,
        groups=AMOUNT_GROUPS,
        help="The first day of the sheet on which the person has no pay of an hour. A manager "
        "sets it in Pay, Rates of Pay; then the sheet is prepared again.",
    )

    @api.depends("line_ids.hours", "line_ids.rate", "line_ids.number", "line_ids.date")
    def _compute_date_without_rate(self):
        for sheet in self:
            lines = sheet.line_ids.filtered(lambda line: line._lacks_rate())
            sheet.date_without_rate = min(lines.mapped("date"), default=False)

    def _check_rates(self):
        """:raises UserError: naming each person without a rate, and who sets it"""
        missing = self.filtered("date_without_rate")
        if not missing:
            return
        names = [
            self.env._(
                "%(person)s has no pay of an hour on %(date)s.",
                person=sheet.employee_id.name,
                date=sheet.date_without_rate,
            )
            for sheet in missing
        ]
        if self.env.user.has_group(MANAGER):
            way_out = self.env._("Set it in Pay, Rates of Pay, then prepare these sheets again.")
        else:
            way_out = self.env._(
                "A manager sets it: ask with the button “Ask for the Rates” of the pay period, "
                "then prepare these sheets again."
            )
        raise UserError("\n".join([*names, "", way_out]))

    def _ask_for_rates(self):
        """Give a manager an activity for each person of these sheets who has no rate, once.

        :return: ``res.users``, who are to set the rates
        """
        # sudo: who pays may not open employees
        people = self.sudo().filtered("date_without_rate").employee_id
        asked = people.activity_search([ACTIVITY])
        recipients = self.env["res.users"]._get_recipients(dict.fromkeys(people, ()), MANAGER)
        users = asked.user_id
        for employee in people.filtered(lambda one: one.id not in asked.mapped("res_id")):
            user = recipients[employee]
            if user:
                employee.activity_schedule(ACTIVITY, user_id=user.id)
                users |= user
        return users

    def _close_rate_requests(self):
        """Who has a rate by now is asked for no longer; in sudo."""
        known = self.filtered(lambda sheet: not sheet.date_without_rate).employee_id
        known.activity_unlink([ACTIVITY])


class SercomPayPeriod(models.Model):
    _inherit = "sercom.pay.period"

    people_without_rate = fields.Char(
        compute="_compute_people_without_rate",
        compute_sudo=True,
        groups=AMOUNT_GROUPS,
        help="Persons with hours on a day on which they have no pay of an hour.",
    )

    @api.depends("sheet_ids.date_without_rate")
    @api.depends_context("lang")
    def _compute_people_without_rate(self):
        for period in self:
            period.people_without_rate = ", ".join(
                f"{sheet.employee_id.name} ({format_day(self.env, sheet.date_without_rate)})"
                for sheet in period.sheet_ids.filtered("date_without_rate")
            )

    def action_ask_for_rates(self):
        """Ask a manager for the rates of those who have none.

        :return: client action that says who was asked
        :raises UserError: where everybody has a rate, or no manager can be asked
        """
        self.env["sercom.pay.sheet"]._check_may_pay()
        self.check_access("read")
        sheets = self.sheet_ids.filtered("date_without_rate")
        if not sheets:
            raise UserError(self.env._("Everybody on these sheets has a rate of pay."))
        users = sheets._ask_for_rates()
        if not users:
            raise UserError(self.env._("No manager works in %s.", self.env.company.name))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%s was asked. Prepare the sheets again once the rates are set.",
                    ", ".join(users.mapped("name")),
                ),
            },
        }
