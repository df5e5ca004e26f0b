from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import DAY, HOUR, KpiCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestMonday(KpiCommon):
    """Monday 9 November 2026: the week from the 2nd to the 8th, beside the one before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "kpi_manager",
            "fieldservice.group_fsm_manager,account.group_account_invoice,"
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.Monday = cls.env["sercom.kpi.monday"].with_user(cls.manager)

    def _get_rows(self, key):
        page = self.Monday.get_page()
        section = next((own for own in page["sections"] if own["key"] == key), {"rows": []})
        return {row.get("measure") or row["label"]: row for row in section["rows"]}

    def _work_a_week(self):
        job = self._create_hourly_job()
        self._work(job, 4)
        self._work(job, 2, start=self.start - 7 * DAY)
        return job

    def test_the_week_beside_the_one_before(self):
        job = self._work_a_week()
        rows = self._get_rows("week")
        worked = rows["worked_hours"]
        self.assertEqual((worked["value"], worked["before"], worked["trend"]), (4.0, 2.0, "good"))
        self.assertAlmostEqual(rows["utilisation"]["value"], 100 * 4 / 80)
        self.assertEqual(rows["utilisation"]["unit"], "percent")
        # No job was done the week before: nothing to compare with.
        self.assertEqual(
            (rows["first_fix_rate"]["before"], rows["first_fix_rate"]["trend"]), (None, "")
        )
        self.assertIn("÷", rows["utilisation"]["help"])
        action = self.env["sercom.kpi.report"].action_open_records(worked["domain"], "worked_hours")
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines, job.timesheet_ids.filtered(lambda line: line.unit_amount == 4))

    def test_people_the_lowest_first(self):
        self._work_a_week()
        page = self.Monday.get_page()
        people = next(own for own in page["sections"] if own["key"] == "people")["rows"]
        mine = [row for row in people if row["label"] in self.people.mapped("name")]
        self.assertEqual([row["label"] for row in mine], [self.anne.name, self.employee.name])
        self.assertEqual(mine[0]["value"], 0.0)

    def test_work_not_billed_and_owed(self):
        job = self._work_a_week()
        page = self.Monday.get_page()
        [section] = [own for own in page["sections"] if own["key"] == "to_invoice"]
        self.assertEqual(section["rows"][0]["measure"], "open_hours")
        self.assertEqual(section["rows"][0]["value"], 6.0)
        move = self._bill(job, post=True)
        rows = self._get_rows("receivables").values()
        self.assertAlmostEqual(sum(row["value"] for row in rows), move.amount_residual)
        for row in rows:
            found = self.env["account.move"].search(row["domain"])
            self.assertAlmostEqual(
                sum(found.mapped("amount_residual_signed")), row["value"], msg=row["label"]
            )

    def test_free_capacity_and_pipeline(self):
        quote = self._create_quote()
        self._assign(self.job, self.anne, start=self.start + 8 * DAY)
        rows = self._get_rows("work")
        self.assertEqual(rows["capacity_hours"]["value"], 80.0 - 3.0)
        self.assertEqual(self._get_rows("pipeline")["quote_amount"]["value"], quote.amount_untaxed)

    def _count_queries(self):
        """Queries of the page, beside those that load the user, their company and language."""
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.Monday.env.user
        user.fetch(["tz", "lang", "action_id"])
        user.company_id.currency_id.fetch(["name"])
        before = self.env.cr.sql_log_count
        self.Monday.get_page()
        return self.env.cr.sql_log_count - before

    def test_queries(self):
        """As many for one job and two people as for five and three; 15 are what it may take."""
        self._work_a_week()
        team = self.env["fsm.team"].create({"name": "South"})
        self.anne._get_fsm_persons()[self.anne].team_id = team
        self.Monday.get_page()
        self.assertEqual(self._count_queries(), 15)
        third = self.env["hr.employee"].create({"name": "Third"})
        self.people |= third
        third._get_fsm_persons()[third].team_id = self.env["fsm.team"].create({"name": "North"})
        for number in range(4):
            job = self._create_hourly_job()
            self._work(job, 1, start=self.start + (5 + number) * HOUR, employee=self.anne)
        self._work(self._create_hourly_job(), 1, employee=third)
        self.Monday.get_page()
        self.assertEqual(self._count_queries(), 15)

    def test_the_age_of_hours_not_billed(self):
        self._work_a_week()
        page = self.Monday.get_page()
        [section] = [own for own in page["sections"] if own["key"] == "to_invoice"]
        hours = [row for row in section["rows"] if row["measure"] == "open_hours"]
        self.assertEqual([row["value"] for row in hours], [6.0, 6.0])
        self.assertEqual([row["label"] for row in hours], ["To Bill", "1 to 30 days"])
        with freeze_time("2026-12-20 15:00"):
            page = self.Monday.get_page()
        [section] = [own for own in page["sections"] if own["key"] == "to_invoice"]
        hours = [row for row in section["rows"] if row["measure"] == "open_hours"]
        self.assertEqual([row["label"] for row in hours], ["To Bill", "31 to 60 days"])
        for row in hours:
            found = self.env["sercom.kpi.report"]._read_group(row["domain"], [], ["open_hours:sum"])
            self.assertEqual(found, [(row["value"],)])

    def test_nothing_yet(self):
        with freeze_time("2030-01-07 15:00"):
            page = self.Monday.get_page()
        week = next(own for own in page["sections"] if own["key"] == "week")
        self.assertFalse(any(row["value"] for row in week["rows"]))
        self.assertFalse(any(row["trend"] for row in week["rows"]))
        empty = {row["measure"]: row["value"] for row in week["rows"]}
        self.assertIsNone(empty["realisation"])
        self.assertEqual(empty["revenue"], 0)

    def test_not_for_others(self):
        for user in (self.user_dispatcher, self.user_technician):
            with self.assertRaises(AccessError):
                self.env["sercom.kpi.monday"].with_user(user).get_page()
