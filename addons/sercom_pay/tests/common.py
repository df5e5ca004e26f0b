from datetime import datetime, timedelta

from odoo import Command

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


class PayCommon(ClockCommon):
    """Luc earns $30 an hour, Anne $20; 40 h a week, then 1.5 times.

    Periods of two weeks from Monday 2 November 2026; winter time, five hours behind UTC.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user(
            "pay_accountant", "account.group_account_invoice,fieldservice.group_fsm_user"
        )
        cls.manager = cls._create_user(
            "pay_manager",
            "account.group_account_invoice,fieldservice.group_fsm_manager,hr.group_hr_user,"
            "hr_attendance.group_hr_attendance_manager,hr_timesheet.group_timesheet_manager",
        )
        cls.company.write(
            {"pay_period": "two_weeks", "pay_first_day": "2026-11-02", "pay_since": "2026-11-02"}
        )
        cls.ruleset = cls.env["hr.attendance.overtime.ruleset"].create(
            {
                "name": "Québec",
                "rule_ids": [
                    Command.create(
                        {
                            "name": "After 40 hours",
                            "base_off": "quantity",
                            "quantity_period": "week",
                            "expected_hours_from_contract": False,
                            "expected_hours": 40.0,
                            "paid": True,
                            "amount_rate": 1.5,
                        }
                    )
                ],
            }
        )
        cls.people = cls.employee | cls.anne
        for person, rate in ((cls.employee, 30.0), (cls.anne, 20.0)):
            person.version_id.write(
                {"date_version": "2026-01-01", "ruleset_id": cls.ruleset.id, "pay_rate": rate}
            )
        cls.Sheet = cls.env["sercom.pay.sheet"]
        cls.Period = cls.env["sercom.pay.period"]

    @classmethod
    def _work(cls, day, hours, employee=None, start=8, approve=True, **vals):
        """Hours on the job from ``start`` o'clock in Montréal, approved unless told otherwise."""
        begin = datetime.fromisoformat(f"{day} 00:00:00") + timedelta(hours=start + 5)
        entry = cls._clock(begin, begin + timedelta(hours=hours), employee, **vals)
        if approve and entry.fsm_order_id:
            entry.timesheet_ids.action_approve()
        elif approve:
            entry.action_approve_pay()
        return entry

    @classmethod
    def _prepare(cls, day="2026-11-02"):
        period = cls.Period.search([("date_start", "<=", day), ("date_end", ">=", day)])
        period = period or cls.Period.create({"date_start": day})
        period.action_prepare()
        return period

    @classmethod
    def _get_sheet(cls, period, employee=None):
        employee = employee or cls.employee
        return period.sheet_ids.filtered(lambda sheet: sheet.employee_id == employee)

    @classmethod
    def _pay(cls, period):
        period.action_check()
        period.action_lock()
        period.action_mark_paid()
