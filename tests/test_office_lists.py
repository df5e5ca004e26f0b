from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import ROLES, SercomCommon
from .screens import Screens, _is_shown


@tagged("post_install", "-at_install")
class TestOfficeLists(SercomCommon):
    """Lists open on what comes next, and tell what is decided by."""

    def _open(self, action, role="dispatcher"):
        """Columns of the action's list that are seen at once, and its default filters."""
        env = self.env(user=self.users[role])
        context = action["context"]
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid})
        screens = Screens(env(context={**env.context, **context}))
        [view_id] = [view for view, kind in action["views"] if kind == "list"]
        model = screens.env[action["res_model"]]
        search = (action.get("search_view_id") or [False])[0]
        arches, _specs = screens.get_views(model, [(view_id, "list"), (search, "search")])
        columns = [node.get("name") for node in screens.get_columns(arches["list"])]
        filters = [
            node.get("domain")
            for node in arches["search"].iter("filter")
            if context.get(f"search_default_{node.get('name')}")
        ]
        return model, arches["list"], columns, filters

    def test_appointments_open_on_those_to_come_in_their_order(self):
        now = fields.Datetime.now()
        lead = self._create_request()
        past, later, soon = self.env["calendar.event"].create(
            [
                {
                    "name": name,
                    "opportunity_id": lead.id,
                    "start": now + timedelta(days=days),
                    "stop": now + timedelta(days=days, hours=1),
                }
                for name, days in (("Past", -3), ("Later", 5), ("Soon", 2))
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_requests.sercom_appointment_action"
        )
        model, arch, columns, filters = self._open(action)
        self.assertEqual(len(filters), 2)
        domain = [("id", "in", (past | later | soon).ids)]
        for one in filters:
            domain += safe_eval(one)
        found = model.search(domain, order=arch.get("default_order"))
        self.assertEqual(found.ids, [soon.id, later.id])
        self.assertIn("appointment_state", columns)

    def test_the_two_filters_of_appointments_are_both_meant(self):
        """Filters side by side are joined by *or*: those of a kind only stand together."""
        arch = self._open(
            self.env["ir.actions.act_window"]._for_xml_id(
                "sercom_requests.sercom_appointment_action"
            )
        )[0].get_views([(False, "search")])["views"]["search"]["arch"]
        between = arch[arch.index("appointments_coming") : arch.index("appointments_live")]
        self.assertIn("<separator", between)

    def test_what_to_plan_tells_what_is_decided_by(self):
        home = self.env["sercom.home"].with_user(self.users["dispatcher"])
        wanted = {"partner_id", "location_id", "subject", "request_early", "priority"}
        wanted |= {"create_date", "sold_hours"}
        for key in ("jobs_to_plan", "jobs_to_plan_urgent"):
            _model, _arch, columns, _filters = self._open(home.open_tile(key))
            with self.subTest(tile=key):
                self.assertLessEqual(wanted, set(columns))
        _model, _arch, columns, _filters = self._open(home.open_tile("jobs_to_bill"))
        self.assertFalse({"create_date", "request_early"} & set(columns))

    def test_what_to_plan_opens_on_the_most_urgent(self):
        """In the order of the board's tray."""
        start = fields.Datetime.now() + timedelta(days=2)
        calm, wished, urgent, late = jobs = self.env["fsm.order"].concat(
            *(self._create_job(sla_policy_id=False) for _number in range(4))
        )
        wished.request_late = start
        urgent.priority = "3"
        policy = self.env["sercom.sla.policy"].create({"name": "Now", "completion_hours": 1.0})
        late.write({"sla_policy_id": policy.id, "sla_start": start - timedelta(days=30)})
        self.assertTrue(late.sla_deadline)
        home = self.env["sercom.home"].with_user(self.users["dispatcher"])
        model, arch, _columns, _filters = self._open(home.open_tile("jobs_to_plan"))
        found = model.search([("id", "in", jobs.ids)], order=arch.get("default_order"))
        self.assertEqual(found.ids, [late.id, urgent.id, wished.id, calm.id])
        tray = self.env["sercom.scheduler"].with_user(self.users["dispatcher"])
        tray = tray.get_unscheduled([("id", "in", jobs.ids)])["jobs"]
        self.assertEqual([row["id"] for row in tray], found.ids)

    def _get_cards_order(self, action):
        """Order in which a phone has the cards of an action."""
        views = {kind: view for view, kind in action["views"]}
        answer = self.env[action["res_model"]].get_views([(views["kanban"], "kanban")])
        return etree.fromstring(answer["views"]["kanban"]["arch"]).get("default_order")

    def test_a_phone_has_them_in_the_same_order(self):
        """A phone opens cards: without an order of theirs, the last comes first."""
        home = self.env["sercom.home"].with_user(self.users["dispatcher"])
        Action = self.env["ir.actions.act_window"]
        for action, role in (
            (home.open_tile("jobs_to_plan"), "dispatcher"),
            (Action._for_xml_id("sercom_requests.sercom_appointment_action"), "dispatcher"),
            (Action._for_xml_id("sercom_billing.sercom_billing_action_ready"), "accountant"),
            (Action._for_xml_id("sercom_billing.sercom_billing_entry_action"), "accountant"),
        ):
            _model, arch, _columns, _filters = self._open(action, role)
            with self.subTest(action=action["name"]):
                self.assertTrue(arch.get("default_order"))
                self.assertEqual(self._get_cards_order(action), arch.get("default_order"))

    def test_cards_of_a_day_are_in_the_order_of_the_visits(self):
        late, early = self.env["fsm.order"].concat(*(self._create_job() for _number in range(2)))
        start = fields.Datetime.now() + timedelta(days=2)
        early.scheduled_date_start = start
        late.scheduled_date_start = start + timedelta(hours=3)
        self.assertLess(late.id, early.id)
        for name in ("sercom_job_action", "sercom_my_job_action"):
            action = self.env["ir.actions.act_window"]._for_xml_id(f"sercom_jobs.{name}")
            found = (late | early).search(
                [("id", "in", (late | early).ids)], order=self._get_cards_order(action)
            )
            with self.subTest(action=name):
                self.assertEqual(found.ids, [early.id, late.id])

    def test_what_to_plan_shows_no_age_as_late_and_no_hours_as_worked(self):
        home = self.env["sercom.home"].with_user(self.users["dispatcher"])
        _model, arch, columns, _filters = self._open(home.open_tile("jobs_to_plan"))
        [age] = arch.xpath("//field[@name='create_date']")
        # Odoo's own classes are those of a date that is due: whatever began before today is late.
        self.assertEqual(safe_eval(age.get("options")), {"classes": {}})
        self.assertNotIn("worked_hours", columns)


# Tabs of a planned job that everybody has; the office fills in a checklist and instructions.
BOTH = ["Assignments", "Products and Services", "Parts", "Photos", "Measurements", "Details"]


@tagged("post_install", "-at_install")
class TestJobTabs(SercomCommon):
    """Tabs of a job are by what people do there: none is empty, for any role."""

    def _get_tabs(self, job, role):
        user = self.users[role]
        screens = Screens(self.env(user=user, context={"lang": "en_US"}))
        arch, values = screens.read_form(job.with_env(screens.env))
        context = screens._get_eval_context(job, values)
        tabs = {}
        for page in arch.iter("page"):
            if next(page.iterancestors("field"), None) is None and _is_shown(page, context):
                tabs[page.get("string")] = [
                    node.get("name")
                    for node in page.iter("field", "button", "widget")
                    if next(node.iterancestors("field"), None) is None and _is_shown(node, context)
                ]
        return tabs

    def test_no_tab_is_empty(self):
        job = self._create_billable_job(
            person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=2.0
        )
        for move in ("action_plan", "action_start", "action_complete", None):
            for role in ROLES:
                tabs = self._get_tabs(job, role)
                with self.subTest(role=role, state=job.state, tabs=tabs):
                    self.assertTrue(tabs)
                    for tab, inside in tabs.items():
                        self.assertTrue(inside, tab)
            if move:
                getattr(job, move)()

    def test_tabs_of_each_role(self):
        job = self._create_billable_job(
            person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=2.0
        )
        job.action_plan()
        office = [*BOTH[:2], "Checklist", *BOTH[2:], "Instructions"]
        for role in ROLES:
            with self.subTest(role=role):
                tabs = list(self._get_tabs(job, role))
                self.assertEqual(tabs, BOTH if role == "technician" else office)
