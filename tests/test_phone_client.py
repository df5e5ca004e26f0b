from odoo.tests import HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from .common import SercomCommon
from .page_scripts import make_script
from .screens import Screens

# A phone that finds no satellite answers nothing: neither where it is, nor that it cannot tell.
TAP_CLOCK = """
    navigator.geolocation.getCurrentPosition = (_found, failed, options) => {
        if (options && options.timeout) {
            setTimeout(() => failed({code: 3}), Math.min(options.timeout, 500));
        }
    };
    const clock = await find("button:has(> i[aria-label='Attendance'])");
    const {left, right} = clock.getBoundingClientRect();
    if (left < 0 || right > innerWidth) {
        throw new Error("The clock is beside the screen");
    }
    clock.click();
    (await find(".o_att_menu_container button.btn-success")).click();
    await find("i.text-success[aria-label='Attendance']");
"""


@tagged("post_install", "-at_install")
class TestPhoneLists(SercomCommon):
    """What a menu opens on a phone are cards: a list would be cut at 375 pixels."""

    def test_each_list_of_a_menu_has_cards(self):
        menus = self.env["ir.ui.menu"].search(
            [
                ("id", "child_of", self.env.ref("sercom_requests.sercom_menu_root").id),
                ("id", "not in", self._get_set_up().ids),
            ]
        )
        cut = []
        for menu in menus:
            action = menu.action
            if not action or action._name != "ir.actions.act_window":
                continue
            kinds = [kind for _id, kind in action.views]
            if "list" in kinds and "kanban" not in kinds:
                cut.append(menu.complete_name)
        self.assertEqual(cut, [])

    def _get_set_up(self):
        """Menus of what is set up once, at a desk."""
        root = self.env.ref("sercom_requests.sercom_menu_configuration")
        return root.search([("id", "child_of", root.id)])


@tagged("post_install", "-at_install")
class TestTechnicianForms(SercomCommon):
    """What a technician may not edit does not look as if they could."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_billable_job(
            person_id=cls.worker.id, scheduled_date_start=cls.start, scheduled_duration=2.0
        )
        cls.job.action_plan()

    def _get_editable(self, record):
        """Fields of a record's form that the web client shows as ones to type in."""
        screens = Screens(self.env(user=self.users["technician"]))
        record = record.with_env(screens.env)
        arch, values = screens.read_form(record)
        if arch.get("edit") in ("0", "False", "false") or not record.has_access("write"):
            return set()
        closed = {
            name
            for name, info in record.fields_get(attributes=["readonly"]).items()
            if info["readonly"]
        }
        names = screens._get_eval_context(record, values)
        found = set()
        for node in arch.xpath("//field[not(ancestor::field)]"):
            hidden = [each.get("invisible") for each in (node, *node.iterancestors())]
            if any(safe_eval(condition, dict(names)) for condition in hidden if condition):
                continue
            own = node.get("readonly")
            if not (safe_eval(own, dict(names)) if own else node.get("name") in closed):
                found.add(node.get("name"))
        return found

    def test_forms_of_a_technician(self):
        event = self.job.assignment_ids[:1].calendar_event_id
        start = self.start.replace(hour=8)
        entry = self.env["hr.attendance"].create(
            {"employee_id": self.employee.id, "check_in": start, "check_out": self.start}
        )
        client = self.job.partner_id
        for record in (
            *(self.job, self.job.location_id, self.job.service_file_id, event),
            *(client, self.job.assignment_ids[:1], entry),
        ):
            self.assertTrue(record, f"no {record._name} to look at")
            mine = record.with_user(self.users["technician"])
            refused = {
                name
                for name in self._get_editable(record)
                if not mine._has_field_access(record._fields[name], "write")
            }
            with self.subTest(model=record._name):
                self.assertEqual(refused, set())


@tagged("post_install", "-at_install")
class TestTopBarPhone(HttpCase, SercomCommon):
    """Odoo's own clock in the top bar, on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_the_clock_in_the_top_bar(self):
        self.company.write({"attendance_from_systray": True, "attendance_device_tracking": True})
        login = self.users["technician"].login
        code = make_script(TAP_CLOCK, seconds=60)
        self.browser_js("/odoo", code, "odoo.isReady === true", login=login, timeout=120)
        [entry] = self.employee.attendance_ids
        self.assertFalse(entry.check_out)
