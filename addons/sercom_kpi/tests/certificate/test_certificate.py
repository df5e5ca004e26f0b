from datetime import date, datetime

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..common import DAY, HOUR, KpiCommon

NOVEMBER = date(2026, 11, 15)
# What may happen in a month: the kind, the person, the day, the hours.
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["work", "bill", "credit", "leave", "holiday", "raise", "waive", "cancel"]),
        st.booleans(),
        st.integers(1, 27),
        st.integers(1, 8),
    ),
    max_size=12,
)


@tagged("post_install", "-at_install")
class TestCertificate(KpiCommon):
    """Each total of a month equals the same reckoned another way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.hourly = cls._create_hourly_job()
        cls.Check = cls.env["sercom.kpi.check"]

    def _compare(self, day=NOVEMBER):
        self.env.flush_all()
        return {line["measure"]: line for line in self.Check._compare(self.company, day)}

    def _assert_certified(self, day=NOVEMBER):
        different = {
            measure: line
            for measure, line in self._compare(day).items()
            if line["difference"] or line["record_ids"]
        }
        self.assertEqual(different, {})

    def test_a_month_with_a_bit_of_all(self):
        self._work(self.hourly, 2)
        self._work(self.hourly, 3, employee=self.anne)
        self._complete(self.hourly)
        move = self._bill(self.hourly, post=True)
        move.line_ids  # noqa: B018
        self._credit(move, quantity=1)
        self._leave(datetime(2026, 11, 5, 17), datetime(2026, 11, 6, 4, 59, 59), self.anne)
        self._assert_certified()
        lines = self._compare()
        self.assertEqual(lines["worked_hours"]["recounted"], 5.0)
        self.assertEqual(lines["capacity_hours"]["recounted"], 2 * 168 - 4)

    def test_a_month_without_data(self):
        self._assert_certified(date(2024, 2, 1))

    def test_schedules(self):
        """Two weeks, flexible hours, versions, contracts, another time zone, clock change."""
        rows = [
            Command.create(
                {
                    "name": "Shift",
                    "dayofweek": str(number),
                    "hour_from": 7.5,
                    "hour_to": 11.75,
                    "day_period": "morning",
                    "week_type": str(number % 2),
                }
            )
            for number in range(6)
        ]
        two_weeks = self.calendar.copy({"two_weeks_calendar": True, "attendance_ids": rows})
        flexible = self.calendar.copy({"flexible_hours": True, "hours_per_day": 9.0})
        people = self.env["hr.employee"].create(
            [
                {"name": "Two Weeks", "resource_calendar_id": two_weeks.id, "tz": "Europe/Paris"},
                {"name": "Flexible", "resource_calendar_id": flexible.id, "tz": "Asia/Tokyo"},
                {"name": "Versions", "resource_calendar_id": two_weeks.id, "tz": "America/Toronto"},
                {"name": "Contract", "resource_calendar_id": self.calendar.id},
            ]
        )
        people._get_fsm_persons()
        for person in people:
            person.version_id.date_version = "2026-01-01"
        people[2].create_version(
            {"date_version": "2026-11-12", "resource_calendar_id": self.calendar.id}
        )
        people[3].write(
            {"contract_date_start": "2026-10-14", "contract_date_end": "2026-11-20"}
        )
        self._leave(datetime(2026, 11, 3, 11), datetime(2026, 11, 9, 4, 59, 59))
        self._leave(datetime(2026, 10, 30, 15), datetime(2026, 11, 2, 15), people[1])
        for day in (NOVEMBER, date(2026, 10, 5), date(2026, 3, 9)):
            self._assert_certified(day)
        capacity = self._compare()["capacity_hours"]
        self.assertGreater(capacity["recounted"], 2 * 130)

    def test_what_differs_is_named(self):
        entry = self._work(self.hourly, 2)
        line = entry.timesheet_ids
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE account_analytic_line SET billed_hours = 1 WHERE id = %s", line.id)
        )
        self.env.invalidate_all()
        billed = self._compare()["billed_hours"]
        self.assertEqual(billed["difference"], 1.0)
        self.assertEqual(billed["record_ids"], line.ids)

    def test_screen(self):
        self._work(self.hourly, 2)
        with freeze_time("2026-12-02 15:00"):
            action = self.Check.with_user(self.manager).action_open()
        check = self.Check.with_user(self.manager).browse(action["res_id"])
        self.assertTrue(check.is_certified)
        self.assertEqual(check.date, date(2026, 11, 30))
        self.assertEqual(
            check.line_ids.filtered(lambda line: line.measure == "worked_hours").reported, 2.0
        )
        with Form(check) as form:
            form.date = "2026-10-01"
        check.action_check()
        worked = check.line_ids.filtered(lambda line: line.measure == "worked_hours")
        self.assertEqual((worked.reported, worked.difference), (0.0, 0.0))
        self.assertTrue(worked.name and worked.source)

    def test_not_for_a_dispatcher(self):
        with self.assertRaises(AccessError):
            self.Check.with_user(self.user_dispatcher).action_open()

    def test_the_cron_tells_the_accountant(self):
        self.env["ir.config_parameter"].set_param("x", "y")
        entry = self._work(self.hourly, 2)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE account_analytic_line SET billed_hours = 1 WHERE id = %s",
                entry.timesheet_ids.id,
            )
        )
        self.env.invalidate_all()
        self.user_biller.group_ids |= self.env.ref("account.group_account_manager")
        with freeze_time("2026-11-20 15:00"):
            self.Check._cron_check()
        message = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.user_biller.partner_id.ids)], limit=1
        )
        self.assertIn("1.00", message.body)


@tagged("post_install", "-at_install")
class TestRandomMonths(KpiCommon):
    """Months of random work: whatever happens, the totals agree."""

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(EVENTS)
    def test_totals_agree(self, events):
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            self._play(events)
            self.env.flush_all()
            lines = self.env["sercom.kpi.check"]._compare(self.company, NOVEMBER)
            for line in lines:
                self.assertEqual((line["difference"], line["record_ids"]), (0.0, []), line)
        finally:
            self.env.flush_all()
            savepoint.rollback()
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _play(self, events):
        job, moves = self._create_hourly_job(), []
        self.assertTrue(job)
        for kind, is_anne, day, hours in events:
            person = self.anne if is_anne else self.employee
            start = datetime(2026, 11, day, 13) + (HOUR * 2 if is_anne else 0 * HOUR)
            if kind == "work" and job.state != "cancelled":
                if not self._is_taken(person, start, hours):
                    self._work(job, hours, start=start, employee=person)
            elif kind == "bill":
                if job.sale_line_ids.filtered(lambda line: line.qty_to_invoice > 0):
                    moves.append(self._bill(job, post=True))
            elif kind == "credit" and moves:
                self._credit(moves.pop())
            elif kind == "leave":
                self._leave(start, start + hours * HOUR, person)
            elif kind == "holiday":
                self._leave(start, start + DAY)
            elif kind == "raise":
                person.hourly_cost += hours
            elif kind == "waive":
                open_lines = job._get_hours_to_decide()
                if open_lines:
                    open_lines._waive("written_off", "Said so")
            elif kind == "cancel" and job.state not in ("cancelled", "done"):
                job = self._cancel_and_go_on(job)

    def _cancel_and_go_on(self, job):
        job.action_cancel()
        return self._create_hourly_job()

    def _is_taken(self, person, start, hours):
        return bool(
            self.env["hr.attendance"].search_count(
                [
                    ("employee_id", "=", person.id),
                    ("check_in", "<", start + hours * HOUR),
                    ("check_out", ">", start),
                ]
            )
        )
