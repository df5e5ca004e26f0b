from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..common import KpiCommon

NOVEMBER = date(2026, 11, 15)


@freeze_time("2026-11-30 17:00:00")
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
        self._credit(move, quantity=1)
        self._leave(datetime(2026, 11, 5, 17), datetime(2026, 11, 6, 4, 59, 59), self.anne)
        self._assert_certified()
        lines = self._compare()
        self.assertEqual(lines["worked_hours"]["recounted"], 5.0)
        self.assertEqual(lines["capacity_hours"]["recounted"], 2 * 168 - 4)

    def test_hours_on_invoices_are_those_of_the_billing_ledger(self):
        self._work(self.hourly, 2.75)
        move = self._bill(self.hourly, post=True)
        item = move.invoice_line_ids.filtered("sale_line_ids")[:1]
        line = self._compare()["invoiced_hours"]
        self.assertEqual((line["reported"], line["recounted"]), (2.75, 2.75))
        self._credit(move, quantity=1)
        line = self._compare()["invoiced_hours"]
        self.assertEqual((line["recounted"], line["record_ids"]), (1.75, []))
        self.env.cr.execute(SQL("UPDATE account_move_line SET quantity = 5 WHERE id = %s", item.id))
        self.env.invalidate_all()
        line = self._compare()["invoiced_hours"]
        self.assertEqual((line["difference"], line["record_ids"]), (-2.25, item.ids))

    def test_margin_and_work_to_invoice(self):
        self._work(self.hourly, 2)
        self._complete(self.hourly)
        lines = self._compare()
        self.assertEqual(lines["amount_to_invoice"]["recounted"], 240.0)
        self.assertEqual(lines["margin"]["recounted"], -80.0)
        self._bill(self.hourly, post=True)
        lines = self._compare()
        self.assertEqual(lines["amount_to_invoice"]["recounted"], 0.0)
        self.assertEqual(lines["margin"]["recounted"], 160.0)
        self._assert_certified()

    def test_checking_again_stays_on_the_screen_and_is_printed(self):
        self._work(self.hourly, 2)
        check = self.Check.with_user(self.manager).create({"date": NOVEMBER})
        self.assertFalse(check.action_check())
        units = {line.measure: line.unit for line in check.line_ids}
        self.assertEqual(units["worked_hours"], "h")
        self.assertEqual(units["revenue"], self.company.currency_id.name)
        self.assertEqual(units["done_count"], "")
        html = self.env["ir.actions.report"]._render_qweb_html(
            "sercom_kpi.report_certificate", check.ids
        )[0]
        self.assertIn("Certificate · November 2026", html.decode())
        self.assertIn("Hours on Invoices", html.decode())

    def test_it_says_its_month_and_its_records_in_the_words_of_the_screens(self):
        check = self.Check.with_user(self.manager).create({"date": date(2026, 10, 31)})
        self.assertEqual(check.display_name, "Certificate · October 2026")
        check.action_check()
        sources = set(check.line_ids.mapped("source"))
        self.assertLessEqual({"Timesheets", "Jobs"}, sources)
        self.assertFalse({"Analytic Line", "Field Service Order"} & sources)

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
        people[3].write({"contract_date_start": "2026-10-14", "contract_date_end": "2026-11-20"})
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
