from collections import defaultdict
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import SercomCommon
from .roads import Roads, compare, get_models
from .screens import Screens

# What an hour of the technician and of their colleague costs, what a part does on its product
# and from its supplier; each pair of worlds differs in one of them.
WORLD = {"labour": (137.93, 151.29), "part": 83.17, "price": 91.37}
OTHER_LABOUR = {**WORLD, "labour": (151.29, 137.93)}
OTHER_PARTS = {**WORLD, "part": 76.43, "price": 88.61}
HOURS = (2.9, 2.8)  # of the technician and of their colleague; the dearer hours change places
MARGINS = ("fsm.order", "sale.order", "sale.order.line", "sercom.service.file", "sercom.job.part")
VENDOR = ("purchase.order", "purchase.order.line", "account.move", "account.move.line")


def _multiply(costs, factors):
    return {round(cost * factor, 2) for cost in costs for factor in factors}


def _get_numbers(value):
    """Numbers in what a screen shows, without their sign."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [number for part in value for number in _get_numbers(part)]
    return [round(abs(value), 2)] if isinstance(value, float) else []


class Undone(Exception):
    """Takes a world back."""


class CostRoadsCommon(SercomCommon):
    """A firm that works, buys, delivers and bills, made several times at other costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Wholesaler"})
        cls.users["vendor"] = new_test_user(
            cls.env, login="role_vendor", groups="base.group_portal", partner_id=cls.vendor.id
        )
        # report.stock.quantity has quantities, and numbers its rows anew each time.
        cls.models = [name for name in get_models(cls.env) if name != "report.stock.quantity"]

    @classmethod
    def _make_world(cls, labour, part, price):
        other = cls.env["hr.employee"].create({"name": "Other"})
        cls.employee.hourly_cost, other.hourly_cost = labour
        product = cls._create_part(part, price)
        jobs = cls.env["fsm.order"]
        for person, hours in zip((cls.employee, other), HOURS, strict=True):
            jobs |= cls._work_on_job(person, hours, product)
        jobs.action_complete()
        for job in jobs:
            job.action_convert_to_invoice()
        jobs.invoice_ids.action_post()
        jobs.timesheet_ids.action_approve()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _create_part(cls, cost, price):
        return cls._create_product(
            name="Ball valve",
            type="consu",
            is_storable=True,
            standard_price=cost,
            seller_ids=[Command.create({"partner_id": cls.vendor.id, "price": price})],
        )

    @classmethod
    def _work_on_job(cls, person, hours, product):
        """A job of a person that sold and bought parts, and their hours on it."""
        worker = person._get_fsm_persons()[person]
        job = cls._create_billable_job(person_id=worker.id)
        cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 2.0,
            }
        )
        cls._buy(job, product)
        start = cls.start - timedelta(days=20)
        cls.env["hr.attendance"].create(
            {
                "employee_id": person.id,
                "fsm_order_id": job.id,
                "check_in": start,
                "check_out": start + timedelta(hours=hours),
            }
        )
        return job

    @classmethod
    def _buy(cls, job, product):
        """Buy and receive parts for a job, deliver some, and bill them."""
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_qty": 5.0, "fsm_order_id": job.id}
                    )
                ],
            }
        )
        order.button_confirm()
        moves = order.picking_ids.move_ids | job.sale_line_ids.move_ids
        for move in moves:
            move.quantity = move.product_uom_qty
            move.picked = True
            move._action_done()
        order.action_create_invoice()
        order.invoice_ids.invoice_date = cls.start
        order.invoice_ids.action_post()

    def _in_world(self, world, observe):
        """Answer what ``observe`` does in a world, which is then taken back."""
        answer = None
        try:
            with self.env.cr.savepoint():
                self._make_world(**world)
                answer = observe()
                raise Undone
        except Undone:
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
        return answer

    def _get_roads(self, role):
        self.env.invalidate_all()  # no figure that somebody else has read
        env = self.env if role == "root" else self.env(user=self.users[role])
        return Roads(env, self.models)

    def _get_targets(self, one, other):
        """Fields that tell two worlds apart: ``{model: {field: numbers in between}}``."""
        targets = defaultdict(dict)
        for road, name, field in compare(one, other):
            if road == "read":
                pairs = zip(one[road, name, field], other[road, name, field], strict=True)
                limits = {(a + b) / 2 for a, b in pairs if a != b}
                targets[name][field] = sorted(limits)[:2]
        return targets

    def _find_leaks(self, other, roles, models=None):
        """Find where the roles tell the world from another one, in ``models`` or anywhere.

        :return: fields that tell the superuser, as ``_get_targets``, and ``{role: roads}``
        """
        self.models = models or self.models
        targets, texts = {}, {}
        root = self._in_world(other, lambda: self._get_roads("root").walk())

        def walk():
            return {role: self._get_roads(role).walk(targets) for role in roles}

        def walk_first():
            targets.update(self._get_targets(self._get_roads("root").walk(), root))
            texts.update({role: self._get_telling_texts(role) for role in roles})
            return walk()

        one = self._in_world(WORLD, walk_first)
        two = self._in_world(other, walk)
        return targets, {role: compare(one[role], two[role]) + texts[role] for role in roles}

    def _get_telling_texts(self, role):
        """Texts that tell a cost of the technician's hour, or of the hours worked."""
        costs = [f"{cost:.2f}" for cost in (WORLD["labour"][0], WORLD["labour"][0] * HOURS[0])]
        costs += [cost.replace(".", ",") for cost in costs]
        return [
            ("text", name, field)
            for name, field, _id, text in self._get_roads(role).read_texts()
            if any(cost in text for cost in costs)
        ]


@tagged("post_install", "-at_install")
class TestCostRoads(CostRoadsCommon):
    """Two firms that differ by their costs alone look alike to whoever may not know them."""

    def _assert_no_leak(self, leaks):
        found = [
            f"{role}: {road} {name} {field}"
            for role, roads in leaks.items()
            for road, name, field in roads
        ]
        self.assertFalse(found, "Roads to a cost:\n" + "\n".join(found))

    def _assert_told(self, targets, *fields):
        for name, field in fields:
            self.assertIn(field, targets.get(name, ()), "The worlds are alike: nothing is tested")

    def test_what_an_hour_costs(self):
        roles = ("technician", "estimator", "dispatcher", "internal", "portal", "vendor")
        targets, leaks = self._find_leaks(OTHER_LABOUR, roles)
        self._assert_told(
            targets,
            ("hr.employee", "hourly_cost"),
            ("account.analytic.line", "amount"),
            ("account.analytic.account", "balance"),
            ("project.project", "analytic_account_balance"),
            ("hr.timesheet.attendance.report", "timesheets_cost"),
            ("timesheets.analysis.report", "margin"),
            ("fsm.order", "labour_cost"),
            ("fsm.order", "margin"),
        )
        self._assert_no_leak(leaks)

    def test_what_a_part_costs(self):
        roles = ("technician", "portal", "vendor")
        targets, leaks = self._find_leaks(OTHER_PARTS, roles)
        self._assert_told(
            targets,
            ("product.product", "standard_price"),
            ("product.supplierinfo", "price"),
            ("purchase.order.line", "price_unit"),
            ("fsm.order", "purchase_cost"),
            ("fsm.order", "margin"),
        )
        leaks["vendor"] = [road for road in leaks["vendor"] if road[1] not in VENDOR]
        self._assert_no_leak(leaks)

    def test_what_is_left_of_a_job(self):
        """Estimators and dispatchers order parts, and read no margin."""
        roles = ("estimator", "dispatcher")
        targets, leaks = self._find_leaks(OTHER_PARTS, roles, MARGINS)
        self._assert_told(targets, ("fsm.order", "purchase_cost"), ("fsm.order", "margin"))
        self._assert_no_leak(leaks)

    def test_screens_and_their_dialogs(self):
        """Dialogs have no table: what their defaults and their lines show is looked at here."""
        secrets = {
            "technician": _multiply((WORLD["part"], WORLD["price"]), (1, 2, 5)),
            "dispatcher": _multiply(WORLD["labour"], (1, *HOURS)),
        }

        def look():
            return {role: self._get_shown_numbers(role) for role in ("manager", *secrets)}

        shown = self._in_world(WORLD, look)
        known = {number for _name, number in shown["manager"]}
        self.assertTrue(known & _multiply(WORLD["labour"], HOURS))
        for role, numbers in secrets.items():
            self.assertTrue(shown[role])
            told = [(name, number) for name, number in shown[role] if number in numbers]
            self.assertFalse(told, f"{role}: screens show a cost")

    def _get_shown_numbers(self, role):
        """Numbers on the forms of what the role reads of jobs, and on all that opens from there."""
        self.env.invalidate_all()
        screens = Screens(self.env(user=self.users[role], context={"lang": "en_US"}))
        for name in ("fsm.order", "sercom.service.file", "sale.order", "product.product"):
            if not screens.env[name].has_access("read"):
                continue
            for record in screens.env[name].search([], order="id desc", limit=2):
                arch, values = screens.read_form(record)
                for button in screens.get_buttons(record, arch, values):
                    self._press(screens, record, button)
        return {(name, number) for name, values in screens.seen for number in _get_numbers(values)}

    def _press(self, screens, record, button):
        try:
            with self.env.cr.savepoint():
                screens.press(record, button)
                raise Undone
        except (Undone, UserError):
            self.env.invalidate_all()

    def test_who_may_know(self):
        def read():
            jobs = self.env["fsm.order"].search([("timesheet_ids", "!=", False)])
            self.assertEqual(len(jobs), 2)
            found = {}
            for role in ("accountant", "manager"):
                own = jobs.with_user(self.users[role]).sorted("id")
                found[role] = [(job.labour_cost, job.margin) for job in own]
                lines = own.timesheet_ids.sorted("id")
                self.assertEqual([-a for a in lines.mapped("amount")], own.mapped("labour_cost"))
                project = lines.project_id
                self.assertEqual(project.analytic_account_balance, sum(lines.mapped("amount")))
            return found

        found = self._in_world(WORLD, read)
        self.assertEqual(found["accountant"], found["manager"])
        self.assertEqual(found["manager"][0][0], round(WORLD["labour"][0] * HOURS[0], 2))
