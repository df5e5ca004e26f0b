from datetime import timedelta

from odoo import api, models

from odoo.addons.sercom_timesheets.tools.clock.clock import split_by_day

from ...tools.sheet.ledger import Entitlement
from ...tools.sheet.overtime import DAY, WEEK, Rule, Segment, split_overtime


class SercomPaySheet(models.Model):
    """What people are entitled to: approved hours by Odoo's overtime rules, and allowances.

    Only approved hours count, towards the overtime too. Rules are those of the person's ruleset
    (``hr.version``) that are paid and count hours of a day or a week.
    """

    _inherit = "sercom.pay.sheet"

    @api.model
    def _get_entitlements(self, employees, last_day):
        """Hook: all that people have earned up to a day since their company pays by sheets.

        :param employees: ``hr.employee``, in sudo
        :return: ``{employee id: list of Entitlement}``
        """
        get_version = employees.get_pay_versions()
        answer = {employee.id: [] for employee in employees}
        hours = self._get_approved_hours(employees, last_day)
        for employee in employees:
            own = hours.get(employee.id, [])
            answer[employee.id] += self._price_hours(employee, own, get_version)
        for allowance in self._find_allowances(employees, last_day):
            answer[allowance.employee_id.id].append(self._price_allowance(allowance, get_version))
        return answer

    # Approved hours

    @api.model
    def _get_approved_hours(self, employees, last_day):
        """Hours of the clock: ``{employee id: [(date, check in, entry id, kind, hours)]}``.

        Those of jobs are on approved timesheets, adjustments included; paid time without a job is
        approved itself. While an adjustment of an entry waits for its approval, only what is
        locked of the entry counts: hours that moved to another job are not paid on both.
        """
        since = {employee.id: employee.company_id.pay_since for employee in employees}
        answer = {}
        loose = self._find_loose_entries(employees, last_day)
        of_clock = [
            ("attendance_id", "!=", False),
            ("attendance_id", "not in", loose.ids),
            ("project_id", "!=", False),
            ("employee_id", "in", employees.ids),
        ]
        Line = self.env["account.analytic.line"]
        waiting = Line._read_group(
            [*of_clock, ("approval_state", "=", "draft"), ("is_adjustment", "=", True)],
            [],
            ["attendance_id:recordset"],
        )[0][0]
        groups = Line._read_group(
            [
                *of_clock,
                ("approval_state", "in", ("approved", "locked")),
                ("date", "<=", last_day),
                "|",
                ("approval_state", "=", "locked"),
                ("attendance_id", "not in", waiting.ids),
            ],
            ["employee_id", "attendance_id", "date:day", "work_type"],
            ["unit_amount:sum"],
        )
        for employee, entry, day, kind, hours in groups:
            day = day.date() if hasattr(day, "date") else day
            row = (day, entry.check_in, entry.id, kind or "work", hours)
            answer.setdefault(employee.id, []).append(row)
        for entry in loose:
            for day, hours in split_by_day(entry.check_in, entry.check_out, entry._get_tz()):
                row = (day, entry.check_in, entry.id, entry.work_type, hours)
                answer.setdefault(entry.employee_id.id, []).append(row)
        return {
            employee: sorted(
                row
                for row in rows
                if row[-1] > 0
                and since[employee]
                and row[0] >= since[employee]
                and row[0] <= last_day
            )
            for employee, rows in answer.items()
        }

    @api.model
    def _find_loose_entries(self, employees, last_day):
        return self.env["hr.attendance"].search(
            [
                ("employee_id", "in", employees.ids),
                ("is_pay_approved", "=", True),
                ("fsm_order_id", "=", False),
                ("check_out", "!=", False),
                ("review_reason", "=", False),
                # A day more, for zones that are behind
                ("check_in", "<", last_day + timedelta(days=2)),
            ]
        )

    @api.model
    def _price_hours(self, employee, rows, get_version):
        """Entitlements for the hours of one person, in the order in which they were worked."""
        company = employee.company_id
        segments = [
            Segment((entry, kind), day, company._get_pay_week(day), hours)
            for day, _check_in, entry, kind, hours in rows
        ]
        rules, mode = self._get_overtime_rules(employee, segments, get_version)
        pieces = {}
        for segment, multiplier, hours in split_overtime(segments, rules, mode):
            key = (*segment.source, segment.date, multiplier)
            pieces[key] = pieces.get(key, 0.0) + hours
        answer = []
        for (entry, kind, day, multiplier), hours in pieces.items():
            rate = get_version(employee, day).pay_rate
            answer.append(
                Entitlement(
                    source=f"clock:{entry}:{day}:{kind}:{multiplier:g}",
                    date=day,
                    kind=kind,
                    hours=hours,
                    rate=rate,
                    multiplier=multiplier,
                    amount=company.currency_id.round(hours * rate * multiplier),
                    origin={"attendance_id": entry},
                )
            )
        return answer

    @api.model
    def _get_overtime_rules(self, employee, segments, get_version):
        """Overtime rules of a person, with the limit of each day or week that they have hours in.

        :return: ``(list of Rule, how rates are combined)``
        """
        limits, modes = {}, set()
        for segment in segments:
            for period, key in ((DAY, segment.date), (WEEK, segment.week)):
                version = get_version(employee, key)
                for rule in version.ruleset_id.rule_ids:
                    if rule.paid and rule.base_off == "quantity" and rule.quantity_period == period:
                        found = limits.setdefault(rule, {})
                        if key not in found:
                            found[key] = self._get_expected_hours(rule, version, key)
                            modes.add(version.ruleset_id.rate_combination_mode)
        rules = [
            Rule(rule.quantity_period, rule.amount_rate, days) for rule, days in limits.items()
        ]
        return rules, "sum" if modes == {"sum"} else "max"

    @api.model
    def _get_expected_hours(self, rule, version, day):
        """Hours of the day or the week, which begins on ``day``, before a rule's overtime."""
        if not rule.expected_hours_from_contract:
            return rule.expected_hours
        calendar = version.resource_calendar_id
        if rule.quantity_period == WEEK:
            return calendar.hours_per_week
        shifts = calendar.attendance_ids.filtered(
            lambda shift: (
                shift.dayofweek == str(day.weekday())
                and shift.day_period != "lunch"
                and (
                    not shift.two_weeks_calendar or shift.week_type == str(shift.get_week_type(day))
                )
            )
        )
        return sum(shift.hour_to - shift.hour_from for shift in shifts)

    # Allowances

    @api.model
    def _find_allowances(self, employees, last_day):
        allowances = self.env["sercom.pay.allowance"].search(
            [("employee_id", "in", employees.ids), ("date", "<=", last_day)]
        )
        return allowances.filtered(
            lambda one: one.company_id.pay_since and one.date >= one.company_id.pay_since
        )

    @api.model
    def _price_allowance(self, allowance, get_version):
        currency = allowance.company_id.currency_id
        rate = hours = 0.0
        amount = allowance.quantity * allowance.unit_amount
        if allowance.unit == "hour":
            rate, hours = (
                get_version(allowance.employee_id, allowance.date).pay_rate,
                allowance.quantity,
            )
            amount = hours * rate
        return Entitlement(
            source=f"allowance:{allowance.id}",
            date=allowance.date,
            kind="allowance",
            hours=hours,
            rate=rate,
            amount=currency.round(amount),
            origin={"allowance_id": allowance.id},
        )
