from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import KpiCommon

MEASURES = {"capacity_hours", "planned_hours", "sold_hours", "worked_hours", "billed_hours"}
MONEY = {"revenue", "labour_cost", "parts_cost", "amount_to_invoice"}


@tagged("post_install", "-at_install")
class TestKpiCards(KpiCommon):
    """What a phone shows, which has no pivot: cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.technician = cls._create_user(
            "kpi_technician", "sercom_jobs.sercom_jobs_group_technician"
        )

    def _get_arch(self, user, kind):
        answer = self.Report.with_user(user).get_views([(False, kind)])
        return etree.fromstring(answer["views"][kind]["arch"])

    def test_a_card_tells_its_figure(self):
        """Of capacity, planned and sold hours a card said whose they are, and not how many."""
        for user, wanted in ((self.manager, MEASURES | MONEY), (self.technician, MEASURES)):
            card = self._get_arch(user, "kanban").find(".//t[@t-name='card']")
            with self.subTest(user=user.login):
                shown = {node.get("name") for node in card.iter("field")}
                self.assertLessEqual(wanted & set(self.Report.with_user(user).fields_get()), shown)
                self.assertLessEqual({"capacity_hours", "planned_hours"}, shown)

    def test_money_opens_on_what_has_an_amount(self):
        """The first eighty cards were capacity: a phone saw no money under Revenue and Margin."""
        context = safe_eval(self.env.ref("sercom_kpi.sercom_kpi_report_action_money").context)
        [money] = [
            node
            for node in self._get_arch(self.manager, "search").iter("filter")
            if node.get("name") == "money" and context.get("search_default_money")
        ]
        [(_name, _operator, left_out)] = safe_eval(money.get("domain"))
        self.assertIn("capacity", left_out)
        # No figure of the screen changes by it.
        pivot = etree.fromstring(self.env.ref("sercom_kpi.sercom_kpi_report_view_pivot_money").arch)
        specs = [f"{node.get('name')}:sum" for node in pivot.iter("field")][1:]
        self.assertIn("margin:sum", specs)
        told = self.Report._get_kinds_domain(specs)
        self.assertFalse(set(left_out) & set(told.value))

    def test_my_figures_open_on_mine(self):
        """Who leads a team reads its hours too: not under a heading that says mine."""
        menu = self.env.ref("sercom_kpi.sercom_kpi_menu_mine")
        context = safe_eval(menu.action.context)
        self.assertTrue(context.get("search_default_mine"))
        [mine] = self._get_arch(self.technician, "search").xpath("//filter[@name='mine']")
        self.anne.user_id = self.technician
        hourly = self._create_hourly_job()
        self._work(hourly, 2)
        self._work(hourly, 1, employee=self.anne)
        persons = self.people._get_fsm_persons()
        team = self.env["fsm.team"].create({"name": "North"})
        team.write({"person_ids": [(6, 0, [person.id for person in persons.values()])]})
        team.leader_id = persons[self.anne]
        self.env.flush_all()
        Report = self.Report.with_user(self.technician)
        domain = safe_eval(mine.get("domain"), {"uid": self.technician.id})
        facts = Report.search([*domain, ("kind", "=", "hours")])
        self.assertEqual(facts.employee_id, self.anne)
        self.assertEqual(sum(facts.mapped("worked_hours")), 1.0)
