from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import PayCommon

FIRST = date(2026, 11, 2)
# A day of six weeks, hours from 8:00, on a job or not, and what happens to it afterwards.
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 41),
        st.sampled_from([0.5, 4.0, 7.75, 8.0, 11.25, 15.0]),
        st.booleans(),
        st.sampled_from(["approve", "late", "leave", "take_back"]),
    ),
    max_size=9,
    unique_by=lambda entry: entry[0],
)


@tagged("post_install", "-at_install", "slow")
class TestPayProperty(PayCommon):
    """Paid + due = rate × approved hours + premiums, at any time."""

    @given(ENTRIES, st.integers(0, 41))
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    def test_nothing_twice_and_nothing_lost(self, plan, raise_day):
        with self.cr.savepoint() as savepoint:
            self._tell(plan, FIRST + timedelta(days=raise_day))
            savepoint.rollback()
        self.env.invalidate_all()

    def _tell(self, plan, raise_day):
        entries = []
        for day, hours, on_job, fate in plan:
            vals = {} if on_job else {"job": self.env["fsm.order"], "work_type": "other"}
            approve = fate in ("approve", "take_back")
            entry = self._work(FIRST + timedelta(days=day), hours, approve=approve, **vals)
            entries.append((entry, fate))
        for number in range(3):
            start = FIRST + timedelta(days=14 * number)
            period = self._prepare(start)
            self._check(period)
            if period.sheet_ids:
                self._pay(period)
            self._check(period)
            if number == 0:
                for entry, fate in entries:
                    self._change(entry, fate)
            if number == 1:
                self.employee.create_version({"date_version": raise_day, "pay_rate": 33.0})
        self._check(self._prepare(FIRST + timedelta(days=42)))

    def _change(self, entry, fate):
        lines = entry.timesheet_ids
        if fate == "late":
            lines.action_approve() if lines else entry.action_approve_pay()
        elif fate == "take_back" and lines:
            lines.filtered(lambda line: line.approval_state == "locked").action_unlock("Why")
            lines.action_reset_to_draft()
        elif fate == "take_back":
            entry.action_unapprove_pay("Why")

    def _check(self, period):
        """Add up approved hours anew, straight from the entries, and compare."""
        days = {}
        for entry in self.env["hr.attendance"].search([("employee_id", "=", self.employee.id)]):
            for line in entry.timesheet_ids:
                if line.approval_state != "draft":
                    days[line.date] = days.get(line.date, 0.0) + line.unit_amount
            if entry.is_pay_approved:
                day = entry.check_in.date()  # begins at 8:00 and ends before midnight
                days[day] = days.get(day, 0.0) + entry.clock_hours
        total, worked = 0.0, {}
        for day in sorted(days):
            if day > period.date_end:
                continue
            week, hours = day - timedelta(days=day.weekday()), days[day]
            before = worked.get(week, 0.0)
            overtime = max(0.0, before + hours - 40.0) - max(0.0, before - 40.0)
            worked[week] = before + hours
            versions = self.employee.version_ids.filtered(
                lambda one, day=day: one.date_version <= day
            )
            total += versions.sorted("date_version")[-1].pay_rate * (hours + 0.5 * overtime)
        lines = self.env["sercom.pay.line"].search(
            [("employee_id", "=", self.employee.id), ("date", "<=", period.date_end)]
        )
        # A cent of rounding for each thing that is paid
        self.assertAlmostEqual(sum(lines.mapped("amount")), total, delta=0.01 * (len(lines) + 1))
        self.assertAlmostEqual(sum(lines.mapped("hours")), sum(worked.values()), 4)
