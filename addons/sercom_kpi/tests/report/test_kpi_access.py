from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import KpiCommon

COSTS = ("labour_cost", "parts_cost", "margin", "cost_per_hour", "margin_rate")
REVENUES = ("revenue", "amount_to_invoice", "effective_rate", "win_rate")


@tagged("post_install", "-at_install")
class TestKpiAccess(KpiCommon):
    """Who reads what, by each road: read, export, search, sort, group, pivot, drill-down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.technician = cls._create_user(
            "kpi_technician", "sercom_jobs.sercom_jobs_group_technician"
        )
        cls.planner = cls._create_user("kpi_planner", "fieldservice.group_fsm_dispatcher")
        for user in (cls.technician, cls.planner):
            user.group_ids |= cls.env.ref("base.group_allow_export")
        cls.anne.user_id = cls.technician
        cls.hourly = cls._create_hourly_job()
        cls._work(cls.hourly, 2)
        cls._work(cls.hourly, 1, employee=cls.anne)
        cls.env.flush_all()

    @mute_logger("odoo.models")
    def _assert_closed(self, user, names):
        Report = self.Report.with_user(user)
        facts = Report.search([], limit=3)
        self.assertTrue(facts)
        self.assertFalse(Report.fields_get(names))
        views = Report.get_views([(False, kind) for kind in ("pivot", "graph", "list", "search")])
        for name in names:
            func = "avg" if self.Report._fields[name].aggregator == "avg" else "sum"
            roads = (
                lambda name=name: facts.read([name]),
                lambda name=name: facts.export_data([name]),
                lambda name=name: facts.web_read({name: {}}),
                lambda name=name: Report.search([(name, ">", 0)]),
                lambda name=name: Report.search([], order=name),
                lambda name=name, func=func: Report._read_group([], [], [f"{name}:{func}"]),
                lambda name=name, func=func: Report.formatted_read_grouping_sets(
                    [], [["employee_id"]], [f"{name}:{func}"]
                ),
                lambda name=name, func=func: Report._read_group(
                    [], ["employee_id"], having=[(f"{name}:{func}", ">", 0)]
                ),
                lambda name=name: Report._read_group([], [name]),
                lambda name=name, func=func: Report._read_group(
                    [], ["kind"], order=f"{name}:{func}"
                ),
                lambda name=name: Report.action_open_records([], name),
            )
            for number, road in enumerate(roads):
                with self.subTest(name=name, road=number), self.assertRaises(AccessError):
                    road()
            for view in views["views"].values():
                self.assertNotIn(f'name="{name}"', view["arch"])

    def test_technician_reads_no_money(self):
        self._assert_closed(self.technician, COSTS + REVENUES)

    def test_dispatcher_reads_no_cost(self):
        self._assert_closed(self.planner, COSTS)

    def test_technician_sees_their_own_hours(self):
        self.assertEqual(self._add_up("worked_hours", user=self.technician), 1.0)
        utilisation = self._add_up("utilisation:avg", user=self.technician)
        self.assertAlmostEqual(utilisation, 100 * 1 / 168)
        kinds = self.Report.with_user(self.technician)._read_group([], ["kind"])
        self.assertLessEqual({kind for (kind,) in kinds}, {"capacity", "planned", "hours"})

    def test_leader_sees_the_hours_of_the_team(self):
        persons = self.people._get_fsm_persons()
        team = self.env["fsm.team"].create({"name": "North"})
        team.write({"person_ids": [(6, 0, [person.id for person in persons.values()])]})
        self.assertEqual(self._add_up("worked_hours", user=self.technician), 1.0)
        team.leader_id = persons[self.anne]
        self.assertEqual(self._add_up("worked_hours", user=self.technician), 3.0)
        mine = self._add_up("worked_hours", user=self.technician, is_my_team=True)
        self.assertEqual(mine, 3.0)

    def test_manager_and_accountant_see_all(self):
        for user in (self.manager, self.user_biller):
            costs = self._add_up("labour_cost", user=user, fsm_order_id=self.hourly.id)
            self.assertEqual(costs, 2 * 40 + 30)
            views = self.Report.with_user(user).get_views([(False, "pivot"), (False, "list")])
            self.assertIn('name="margin"', views["views"]["list"]["arch"])

    def test_certificate_tells_no_cost_to_a_technician(self):
        """Who also bills is a technician all the same, as everywhere."""
        self.technician.group_ids |= self.env.ref("account.group_account_invoice")
        self._assert_closed(self.technician, COSTS)
        Check = self.env["sercom.kpi.check"].with_user(self.technician)
        check = Check.create({"date": "2026-11-01"})
        for act in (check.action_check, Check.action_open):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()
        self.assertFalse(check.line_ids)
        allowed = self.env["sercom.kpi.check"].with_user(self.user_biller)
        check = allowed.create({"date": "2026-11-01"})
        check.action_check()
        self.assertIn("labour_cost", check.line_ids.mapped("measure"))

    def test_others_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, login=f"kpi_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.Report.with_user(user).search([])

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        other = self._create_user("kpi_other", "fieldservice.group_fsm_manager")
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(self._add_up("worked_hours", user=other))

    def test_nobody_writes(self):
        fact = self.Report.with_user(self.manager).search([], limit=1)
        with self.assertRaises(AccessError):
            fact.write({"worked_hours": 3})
        with self.assertRaises(AccessError):
            fact.unlink()

    def test_from_a_cell_to_its_records(self):
        Report = self.Report.with_user(self.manager)
        domain = [("fsm_order_id", "=", self.hourly.id)]
        action = Report.action_open_records(domain, "worked_hours")
        self.assertEqual(action["res_model"], "account.analytic.line")
        lines = self.env["account.analytic.line"].search(action["domain"])
        self.assertEqual(lines, self.hourly.timesheet_ids)
        for measure in ("utilisation", "cost_per_hour"):
            self.assertEqual(
                Report.action_open_records(domain, measure)["domain"], action["domain"]
            )
        self._bill(self.hourly, post=True)
        action = Report.with_user(self.user_biller).action_open_records(domain, "revenue")
        self.assertEqual(action["res_model"], "account.move.line")
        # Who may not open them is shown the facts.
        action = Report.action_open_records(domain, "revenue")
        self.assertEqual(action["res_model"], "sercom.kpi.report")
        # Of several kinds of records: the facts themselves.
        action = Report.action_open_records(domain, "margin")
        self.assertEqual(action["res_model"], "sercom.kpi.report")
        facts = self.Report.search(action["domain"])
        self.assertEqual(set(facts.mapped("kind")), {"hours", "revenue"})
