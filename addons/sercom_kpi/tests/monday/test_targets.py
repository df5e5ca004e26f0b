from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, Form, HttpCase, tagged
from odoo.tools import mute_logger

from ...tools.monday.targets import get_reached, merge_targets
from ..common import DAY, HOUR, KpiCommon  # noqa: F401


@tagged("post_install", "-at_install")
class TestTargetRules(BaseCase):
    def test_of_several_companies(self):
        self.assertEqual(merge_targets([10.0, 5.0], False, 2), 15.0)
        self.assertEqual(merge_targets([80.0, 80.0], True, 2), 80.0)
        self.assertIsNone(merge_targets([80.0, 70.0], True, 2))
        self.assertIsNone(merge_targets([10.0], False, 2), "one of them has none")
        self.assertIsNone(merge_targets([], False, 1))

    def test_reached(self):
        self.assertIs(get_reached(80, 80), True)
        self.assertIs(get_reached(79, 80), False)
        self.assertIs(get_reached(79, 80, is_more_better=False), True)
        self.assertIsNone(get_reached(None, 80))
        self.assertIsNone(get_reached(80, None))
        self.assertIs(get_reached(0.0, 0.0), True)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestTargets(KpiCommon):
    """Targets on the Monday page, of the week from 2 to 8 November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.biller = cls._create_user("kpi_biller", "account.group_account_invoice")
        cls.Target = cls.env["sercom.kpi.target"].with_user(cls.manager)
        cls.team = cls.env["fsm.team"].create({"name": "North"})
        cls.anne._get_fsm_persons()[cls.anne].team_id = cls.team
        cls._work(cls._create_hourly_job(), 4)

    def _get_rows(self, key):
        page = self.env["sercom.kpi.monday"].with_user(self.manager).get_page()
        [section] = [own for own in page["sections"] if own["key"] == key]
        return {row["label"]: row for row in section["rows"]}

    def test_the_nearest_target_counts(self):
        self.Target.create(
            [{"measure": "utilisation", "value": 4.0}, {"measure": "worked_hours", "value": 5.0}]
        )
        week = self._get_rows("week")
        self.assertEqual(
            (week["Utilisation"]["target"], week["Utilisation"]["is_reached"]), (4.0, True)
        )
        self.assertEqual((week["Worked"]["target"], week["Worked"]["is_reached"]), (5.0, False))
        self.assertIsNone(week["Revenue"]["target"])
        people = self._get_rows("people")
        self.assertEqual({people[own.name]["target"] for own in self.people}, {4.0})
        self.Target.create({"value": 60.0, "team_id": self.team.id})
        people = self._get_rows("people")
        self.assertEqual(people[self.anne.name]["target"], 60.0)
        self.assertEqual(people[self.employee.name]["target"], 4.0)
        team = self._get_rows("teams")["North"]
        self.assertEqual((team["value"], team["target"], team["is_reached"]), (0.0, 60.0, False))
        self.Target.create({"value": 0.0, "employee_id": self.anne.id})
        anne = self._get_rows("people")[self.anne.name]
        self.assertEqual((anne["target"], anne["is_reached"]), (0.0, True))

    def test_a_target_is_made_on_its_screen(self):
        with Form(self.Target) as form:
            form.measure = "revenue"
            form.value = 9000.0
        target = form.record
        self.assertEqual(target.company_id, self.company)
        self.assertIn("Revenue", target.display_name)

    @mute_logger("odoo.sql_db")
    def test_one_target_of_a_kind(self):
        self.Target.create({"value": 70.0})
        with self.assertRaisesRegex(IntegrityError, "measure_uniq"):
            self.Target.create({"value": 80.0})

    def test_whose_a_target_may_be(self):
        with self.assertRaisesRegex(ValidationError, "a team's or a person's"):
            self.Target.create(
                {"value": 70.0, "team_id": self.team.id, "employee_id": self.anne.id}
            )
        with self.assertRaisesRegex(ValidationError, "target of utilisation"):
            self.Target.create({"measure": "revenue", "value": 70.0, "employee_id": self.anne.id})
        with self.assertRaises(ValidationError):
            self.Target.create({"value": float("nan")})

    def test_who_reads_and_writes_them(self):
        target = self.Target.create({"value": 70.0})
        self.assertEqual(target.with_user(self.biller).value, 70.0)
        with self.assertRaises(AccessError):
            target.with_user(self.biller).value = 10.0
        for user in (self.user_dispatcher, self.user_technician):
            user.group_ids |= self.env.ref("base.group_allow_export")
            for road in (
                lambda own: own.read(["value"]),
                lambda own: own.search([("value", ">", 0)]),
                lambda own: own.export_data(["value"]),
                lambda own: own._read_group([], [], ["value:sum"]),
            ):
                with self.assertRaises(AccessError):
                    road(target.with_user(user))

    def test_targets_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.Target.sudo().create({"value": 99.0, "company_id": other.id})
        self.assertIsNone(self._get_rows("week")["Utilisation"]["target"])
        self.assertFalse(self.Target.search([]))

    def test_over_the_authorised_hours(self):
        job = self._create_hourly_job()
        job.sale_line_ids.billing_policy = "capped"
        hours = job.authorized_hours
        self._work(job, hours + 1, start=self.start + DAY, employee=self.anne)
        row = self._get_rows("work")["Jobs over the authorised hours"]
        self.assertEqual(self.env[row["model"]].search(row["domain"]), job)
        self.assertEqual(row["value"], 1)


@tagged("post_install", "-at_install")
class TestLandingOnMonday(HttpCase, KpiCommon):
    def _get_home(self, user):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info")["home_action_id"]

    def test_managers_land_on_monday(self):
        monday = self.env.ref("sercom_kpi.sercom_kpi_monday_action")
        home = self.env.ref("sercom_requests.sercom_home_action")
        manager = self._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        self.assertEqual(self._get_home(manager), monday.id)
        self.assertEqual(self._get_home(self.user_dispatcher), home.id)
        self.assertNotEqual(self._get_home(self.user_technician), monday.id)
        manager.action_id = home.id
        self.assertEqual(self._get_home(manager), home.id)
        # Who is a technician as well reads no costs: the page is not for them.
        manager.action_id = False
        manager.group_ids |= self.env.ref("sercom_jobs.sercom_jobs_group_technician")
        self.assertEqual(self._get_home(manager), home.id)
