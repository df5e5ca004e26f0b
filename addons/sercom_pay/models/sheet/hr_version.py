from bisect import bisect_right

from odoo import api, fields, models

from ...tools.sheet.access import AMOUNT_GROUPS


class HrVersion(models.Model):
    """What an hour is paid, from the day of this version on."""

    _inherit = "hr.version"
    _is_history_kept = True

    pay_rate = fields.Monetary(
        "Pay of an Hour",
        groups=AMOUNT_GROUPS,
        tracking=True,
        aggregator="avg",
        help="What the person earns for an hour, before premiums. A raise is a new version of the "
        "employee from its day on: hours of the days before keep the rate that they had.",
    )

    _pay_rate_not_negative = models.Constraint(
        "CHECK (pay_rate >= 0)", "The pay of an hour is 0 or more."
    )


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    pay_rate = fields.Monetary(
        readonly=False, related="version_id.pay_rate", inherited=True, groups=AMOUNT_GROUPS
    )
    pay_number = fields.Char(
        "Payroll Number",
        groups=f"hr.group_hr_user,{AMOUNT_GROUPS}",
        copy=False,
        help="The person's number at the payroll office.",
    )

    @api.private
    def get_pay_versions(self):
        """The version of each of these people as of a day.

        :return: function ``(employee, date)`` that answers the version, in sudo; the first one for
            days before it, an empty one where there is none
        """
        # sudo: rates and rules decide, whoever prepares
        Version = self.env["hr.version"].sudo().with_context(active_test=False)
        versions = Version.search_fetch(
            [("employee_id", "in", self.ids)],
            ["date_version", "pay_rate", "ruleset_id", "resource_calendar_id"],
            order="date_version, id",
        ).grouped("employee_id")
        days = {
            employee.id: [version.date_version for version in found]
            for employee, found in versions.items()
        }
        by_id = {employee.id: found for employee, found in versions.items()}

        def get_version(employee, day):
            found = by_id.get(employee.id)
            if not found:
                return Version.browse()
            return found[max(bisect_right(days[employee.id], day) - 1, 0)]

        return get_version
