from collections import defaultdict
from datetime import date, timedelta

from markupsafe import Markup

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import PIXEL, ROLES
from .office_world import OfficeWorld
from .screens import Screens
from .test_access_table import read_table
from .test_cost_roads import WORLD, CostRoadsCommon

# Of each model, the newest record in each of its states.
DEPTH = 60
# Odoo shows it to its invoicing managers, and reads what is the administrator's alone.
ODOO_OWN = {"account_payment.payment_method_menu"}
# Forms of what is changed by its own buttons, or only chosen: nothing is typed there.
WITHOUT_TEXT = {
    *("hr.attendance", "fsm.location.person", "hr.employee.skill"),
    *("sercom.kpi.target", "sercom.kpi.closing"),
}
# Who may read a model and sees no record of it in the firm below, by the reason.
UNSEEN = {
    "what suppliers ask is closed to technicians": {("technician", "product.supplierinfo")},
}


class Undone(Exception):
    """Takes back what a button did."""


@tagged("post_install", "-at_install", "slow")
@freeze_time("2026-11-02 15:00:00")  # after the firm's hours, which have their dates
class TestAccessForms(OfficeWorld, CostRoadsCommon):
    """What docs/access.md promises opens, is saved and is pressed on the real screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_world(**WORLD)
        cls._create_settings()
        cls._create_flow()
        cls._create_recurring()
        cls._create_hours()
        cls._create_money()
        cls._create_office()
        cls.env.flush_all()

    @classmethod
    def _create_flow(cls):
        """A request, its quotes and its job, with all that they may have."""
        checklist = cls.env["sercom.checklist"].create(
            {"name": "Checklist", "line_ids": [Command.create({"name": "Gas shut off"})]}
        )
        cls.env["sercom.sla.policy"].create(
            {
                "name": "Standard",
                "calendar_id": cls.company.resource_calendar_id.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
            }
        )
        cls._create_request().action_convert_to_quote()
        lead = cls._create_request()
        cls._create_request()
        lead.action_convert_to_job()
        job = lead.fsm_order_ids
        start = fields.Datetime.now().replace(second=0, microsecond=0) + timedelta(days=1)
        job.checklist_ids = checklist
        cls.block = cls.env["sercom.assignment"].create(
            {"fsm_order_id": job.id, "employee_id": cls.employee.id, "date_start": start}
        )
        cls.block.action_confirm()
        evidence = {"name": "Seen", "fsm_order_id": job.id}
        cls.env["sercom.photo"].create({**evidence, "image_1920": PIXEL})
        cls.env["sercom.measurement"].create(evidence)
        cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": cls._create_part(83.17, 91.37).id,
                "product_uom_qty": 2.0,
            }
        )
        cls.env["sercom.phone.action"].create(
            {
                "uuid": "0e6b4c9e-7d3c-4f0e-8d5b-4a1c3b2a1f00",
                "user_id": cls.users["technician"].id,
                "company_id": cls.company.id,
                "fsm_order_id": job.id,
                "kind": "note",
                "moment": start,
            }
        )
        job.action_wait_for_client("Key of the cellar")
        cls.env["sercom.sla.pause"].create(
            {
                "fsm_order_id": job.id,
                "date_start": fields.Datetime.now() - timedelta(hours=3),
                "date_end": fields.Datetime.now() - timedelta(hours=2),
                "reason": "Nobody at home",
            }
        )
        cls.env["calendar.event"].create(
            {
                "name": "Visit",
                "service_file_id": lead.service_file_id.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [
                    Command.set([cls.users[role].partner_id.id for role in ROLES]),
                ],
            }
        )
        cls.job = job

    @classmethod
    def _create_settings(cls):
        cls.env["fsm.template"].create({"name": "Annual maintenance"})
        cls.env["fsm.order.type"].create({"name": "Repair"})
        cls.env["fsm.location.person"].create(
            {"location_id": cls.site.id, "person_id": cls.worker.id, "sequence": 1}
        )
        cls.env["sercom.price.entry"].create({"name": "New water heater"})
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "date_from": "2027-01-01 05:00:00",
                "date_to": "2027-01-02 04:59:59",
            }
        )
        trade = cls.env["hr.skill.type"].create(
            {
                "name": "Trade",
                "skill_ids": [Command.create({"name": "Gas"})],
                "skill_level_ids": [
                    Command.create({"name": "Full", "level_progress": 100, "default_level": True})
                ],
            }
        )
        cls.env["hr.employee.skill"].create(
            {
                "employee_id": cls.employee.id,
                "skill_type_id": trade.id,
                "skill_id": trade.skill_ids.id,
                "skill_level_id": trade.skill_level_ids.id,
            }
        )
        region = cls.env["res.region"].create({"name": "Montréal"})
        district = cls.env["res.district"].create({"name": "Est", "region_id": region.id})
        branch = cls.env["res.branch"].create({"name": "Rosemont", "district_id": district.id})
        cls.env["res.territory"].create({"name": "Vieux-Rosemont", "branch_id": branch.id})

    @classmethod
    def _create_recurring(cls):
        recurring = cls.env["fsm.recurring"].create(
            {
                "location_id": cls.site.id,
                "date_first": date(2026, 11, 3),
                "start_hour": 8.0,
                "scheduled_duration": 2.0,
                "tue": True,
                "line_ids": [Command.create({"product_id": cls.product_hour.id})],
            }
        )
        recurring.copy()
        recurring.action_start()
        cls.env["sercom.recurring.skip"].create(
            {"fsm_recurring_id": recurring.id, "date": date(2026, 11, 10), "reason": "Closed"}
        )

    @classmethod
    def _create_hours(cls):
        start = fields.Datetime.now() - timedelta(days=2)
        # The estimator helped once: they see their own hours and no others.
        helper = cls.env["hr.employee"].create(
            {"name": "Estimator", "user_id": cls.users["estimator"].id}
        )
        for employee in (cls.employee, helper):
            entry = cls.env["hr.attendance"].create(
                {
                    "employee_id": employee.id,
                    "fsm_order_id": cls.job.id,
                    "check_in": start,
                    "check_out": start + timedelta(hours=1),
                }
            )
            entry.action_propose_correction(
                {"check_out": start + timedelta(hours=2), "reason": "Stayed longer"}
            )
        cls.env["hr.attendance"].create(
            {"employee_id": cls.employee.id, "check_in": fields.Datetime.now()}
        )

    @classmethod
    def _create_money(cls):
        """A payment of an invoice, and a draft."""
        invoice = cls.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("state", "=", "posted")], limit=1
        )
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({}).action_create_payments()
        quote = cls._create_quote()
        quote.action_confirm()
        quote._create_invoices()

    def _get_promises(self, role, letter):
        """Models of which the table of docs/access.md gives ``role`` a letter."""
        column = ("internal", "portal", *ROLES).index(role)
        return [
            name
            for name, cells in read_table().items()
            if ":" not in name and letter in cells[column]
        ]

    def _get_env(self, role):
        return self.env(user=self.users[role], context={"lang": "en_US", "tz": "America/Toronto"})

    def _get_samples(self, env, name):
        """Records that the user sees, one in each state."""
        found = {}
        for record in env[name].search([], order="id desc", limit=DEPTH):
            found.setdefault(_get_state(record.sudo()), record)
        return list(found.values())

    def _try(self, walk, *args):
        """Do something and take it back; answer the error in it."""
        try:
            with self.env.cr.savepoint():
                walk(*args)
                self.env.flush_all()
                raise Undone
        except Undone:
            return None
        except Exception as error:
            return error
        finally:
            self.env.invalidate_all()

    def _walk(self, letter, visit):
        failures = defaultdict(list)
        for role in ROLES:
            screens = Screens(self._get_env(role))
            for name in self._get_promises(role, letter):
                if screens.env[name]._transient:
                    continue  # dialogs are opened by their buttons
                for what, error in visit(screens, name):
                    if error is not None:
                        failures[f"{name} {what}: {_tell(error)}"].append(role)
        self._assert_none(failures)

    def test_what_is_read_opens(self):
        unseen = set()

        def visit(screens, name):
            model = screens.env[name]
            for kind in ("list", "kanban"):
                yield kind, self._try(screens.search, model, kind)
            samples = self._get_samples(screens.env, name)
            if not samples:
                role = next(role for role in ROLES if self.users[role] == screens.env.user)
                unseen.add((role, name))
            for record in samples:
                yield "form", self._try(screens.read_form, record)

        self._walk("R", visit)
        self.assertEqual(unseen, {pair for pairs in UNSEEN.values() for pair in pairs})

    def test_what_is_made_opens_with_its_defaults(self):
        def visit(screens, name):
            yield "new", self._try(Form, screens.env[name])

        self._walk("C", visit)

    def test_what_is_written_is_saved(self):
        typed = set()

        def visit(screens, name):
            for record in self._get_samples(screens.env, name):
                if record.has_access("write"):
                    yield "save", self._try(_save, record, typed)

        self._walk("W", visit)
        promised = {name for role in ROLES for name in self._get_promises(role, "W")}
        promised = {name for name in promised if not self.env[name]._transient}
        self.assertFalse(promised - typed - WITHOUT_TEXT)

    def test_buttons_that_are_seen_work(self):
        def visit(screens, name):
            for record in self._get_samples(screens.env, name):
                try:
                    buttons = screens.get_buttons(record, *screens.read_form(record))
                except AccessError:
                    continue
                for button in buttons:
                    error = self._try(screens.press, record, button)
                    if not isinstance(error, UserError) or isinstance(error, AccessError):
                        yield f"{_get_state(record.sudo())} {button}", error

        self._walk("R", visit)

    def test_manager_archives_an_employee(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        Employees = self._get_env("manager")["hr.employee"].with_context(lang="fr_CA")
        screens = Screens(Employees.env)
        person = self.env["hr.employee"].create({"name": "Leaver"})
        for employee in Employees.browse((person | self.employee).ids):
            screens.read_form(employee)
            employee.action_archive()
            self.assertFalse(employee.active)
            employee.action_unarchive()
            # What the web client's own button opens.
            dialog = {"active_ids": employee.ids, "employee_termination": True}
            with Form(employee.env["hr.departure.wizard"].with_context(**dialog)) as form:
                departure = form.save()
            departure.action_register_departure()
            self.assertFalse(employee.active)

    def test_menus_open(self):
        failures = defaultdict(list)
        for role in ROLES:
            screens = Screens(self._get_env(role))
            for menu in screens.env["ir.ui.menu"].load_menus(False).values():
                is_window = str(menu.get("action_model")).endswith("act_window")
                if menu["id"] != "root" and is_window and menu["xmlid"] not in ODOO_OWN:
                    error = self._try(screens.open_action, screens.load(menu["action_id"]))
                    if error is not None:
                        failures[f"{menu['xmlid']}: {_tell(error)}"].append(role)
        self._assert_none(failures)

    def _assert_none(self, failures):
        self.assertFalse(
            failures,
            "\n".join(f"{', '.join(roles)}: {what}" for what, roles in failures.items()),
        )


def _get_state(record):
    for name in ("state", "stage_id"):
        if name in record._fields:
            kind = record.move_type if record._name == "account.move" else ""
            return f"{kind} {record[name]}".strip()
    return ""


def _tell(error):
    return f"{type(error).__name__}: {str(error)[:700]!r}"


def _save(record, typed):
    """Add a letter to the first text of a form that may be typed into, and save.

    :param set typed: models where there was one; the record's is added
    """
    form = Form(record)
    for name, info in form._view["fields"].items():
        if (
            info["type"] in ("char", "text", "html")
            and not form._get_modifier(name, "readonly")
            and not form._get_modifier(name, "invisible")
            and not any(word in name for word in ("phone", "email", "vat"))
        ):
            empty = Markup("<p></p>") if info["type"] == "html" else ""
            form[name] = (form[name] or empty) + "x"
            typed.add(form.save()._name)
            return
