from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PIXEL, ROLES, SercomCommon

# Fields by which a record without a company of its own is of one.
OWNERS = ("fsm_order_id", "service_file_id", "opportunity_id", "attendance_id", "checklist_id")


@tagged("post_install", "-at_install")
class TestCompanies(SercomCommon):
    """What is of one company is neither seen nor moved from another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_second_company()
        cls.checklist = cls.env["sercom.checklist"].create(
            {
                "name": "Checklist",
                "company_id": cls.company.id,
                "line_ids": [Command.create({"name": "Gas shut off"})],
            }
        )
        cls.job = cls._create_billable_job(
            person_id=cls.worker.id,
            scheduled_date_start=cls.start,
            checklist_ids=[Command.set(cls.checklist.ids)],
        )
        cls.request = cls._create_request()
        links = {"fsm_order_id": cls.job.id}
        cls.env["sercom.measurement"].create({"name": "Width", **links})
        cls.env["sercom.photo"].create({"name": "Leak", "image_1920": PIXEL, **links})
        cls.pause = cls.env["sercom.sla.pause"].create({"date_start": cls.start, **links})
        cls.env["sercom.sla.policy"].create({"name": "Gold", "company_id": cls.company.id})
        cls.env["hr.attendance"].create(
            {"employee_id": cls.employee.id, "check_in": cls.start, **links}
        )
        cls.other_job = cls.env["fsm.order"].create(
            {"location_id": cls._create_site(name="Ottawa").id, "company_id": cls.second.id}
        )

    def _get_company(self, record):
        """Company that a record is of, its own or that of what it hangs on; none if shared."""
        if "company_id" in record._fields:
            return record.company_id
        owner = next((name for name in OWNERS if name in record._fields), None)
        return self._get_company(record[owner]) if owner else self.env["res.company"]

    def test_the_second_company_sees_no_record_of_the_first(self):
        """Of every model of Sercom, and of those that its records hang on."""
        user = self._create_dispatcher_of(self.second)
        tried = set()
        for name, Model in self.env.registry.items():
            is_ours = name.startswith("sercom.") or name in ("fsm.order", "hr.attendance")
            if not is_ours or Model._abstract or Model._transient or not Model._auto:
                continue
            records = self.env[name].search([])
            theirs = records.filtered(lambda record: self._get_company(record) == self.company)
            if not theirs:
                continue
            tried.add(name)
            own = theirs.with_user(user)
            with self.subTest(name):
                self.assertFalse(own.has_access("read") and own._filtered_access("read"))
                if own.browse().has_access("read"):
                    self.assertFalse(own.search([("id", "in", theirs.ids)]))
        self.assertLessEqual(
            {
                *("fsm.order", "hr.attendance", "sercom.assignment", "sercom.checklist"),
                *("sercom.checklist.line", "sercom.job.check", "sercom.measurement"),
                *("sercom.photo", "sercom.request.line", "sercom.service.file"),
                *("sercom.sla.pause", "sercom.sla.policy"),
            },
            tried,
        )

    def test_a_clock_starts_no_job_of_another_company(self):
        user = self.users["technician"]
        for companies in (self.company, self.company | self.second):
            user.company_ids = companies
            job = self.other_job.with_user(user).with_context(allowed_company_ids=companies.ids)
            with self.assertRaises(UserError), self.cr.savepoint():
                job.action_clock_in()
        dispatcher = self.users["dispatcher"]
        dispatcher.company_ids |= self.second
        both = self.other_job.with_user(dispatcher).with_context(
            allowed_company_ids=(self.company | self.second).ids
        )
        with self.assertRaisesRegex(UserError, "does not work for"), self.cr.savepoint():
            both.action_clock_in(self.employee.ids)
        entries = self.env["hr.attendance"].search([("fsm_order_id", "=", self.other_job.id)])
        self.assertFalse(entries)

    def test_a_pause_is_of_its_jobs_company(self):
        user = self._create_dispatcher_of(self.second)
        with self.assertRaises(AccessError):
            self.env["sercom.sla.pause"].with_user(user).create({"fsm_order_id": self.job.id})
        with self.assertRaises(AccessError):
            self.pause.with_user(user).reason = "Mine"
        dispatcher = self.users["dispatcher"]
        dispatcher.company_ids |= self.second
        both = self.pause.with_user(dispatcher).with_context(
            allowed_company_ids=(self.company | self.second).ids
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            both.fsm_order_id = self.other_job
        self.assertEqual(self.pause.company_id, self.company)

    def _prepare_dialog_vals(self, Dialog):
        """Values of what a dialog requires: any record, the first choice, a word."""
        vals = {}
        for name, field in Dialog._fields.items():
            if not field.required or not field.store or field.default:
                continue
            if field.type in ("one2many", "many2many"):
                continue
            if field.type == "many2one":
                linked = self.env[field.comodel_name].search([], limit=1, order="id desc")
                vals[name] = linked.id
            elif field.type == "selection":
                vals[name] = field.get_values(self.env)[0]
            else:
                words = {"date": "2026-11-02", "datetime": "2026-11-02", "char": "Word"}
                vals[name] = words.get(field.type, 1)
        return vals

    def _create_people_of(self, company):
        """One user of each role who works for this company alone, by role."""
        return {
            role: self._create_role_user(
                role,
                f"{role}_of_{company.id}",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for role in ROLES
        }

    def _find_writers(self, Model, name, people):
        """Those of these users who may write the field of some record."""
        field = Model._fields[name]
        return [
            user
            for user in people.values()
            if Model.with_user(user).has_access("write")
            and Model.with_user(user).browse(1)._has_field_access(field, "write")
        ]

    def _create_of(self, Model, company):
        """A record of a company, or of all of them; none if it asks for more than it requires."""
        if Model._name == "fsm.order":
            return self.other_job if company else Model
        try:
            with self.env.cr.savepoint():
                vals = self._prepare_dialog_vals(Model)
                return Model.create({**vals, "company_id": company.id}).with_env(self.env)
        except (UserError, IntegrityError):
            return Model

    def _is_taken(self, function):
        """Whether ``function`` was not refused; nothing of it stays."""
        try:
            with self.env.cr.savepoint() as savepoint:
                function()
                savepoint.rollback()
        except UserError:
            return False
        return True

    @mute_logger("odoo.sql_db")
    def test_nothing_is_moved_to_another_company(self):
        """Every model of which somebody may write the company, as all who may."""
        people = self._create_people_of(self.second)
        self.env["res.company"].flush_model()
        tried, taken = set(), []
        for name, Model in self.env.registry.items():
            is_ours = name.startswith(("sercom.", "fsm."))
            if not is_ours or Model._abstract or not Model._auto or Model._transient:
                continue
            field = Model._fields.get("company_id")
            if field is None or field.related or not hasattr(Model, "_get_writable_fields"):
                continue
            writers = self._find_writers(self.env[name], "company_id", people)
            record = self._create_of(self.env[name], self.second) if writers else None
            for user in writers if record else ():
                tried.add(name)
                own = record.with_user(user)
                moves = [self.company.id] + ([] if field.required else [False])
                taken += [
                    f"{name} to {move} as {user.login}"
                    for move in moves
                    if (move or name.startswith("sercom."))
                    and self._is_taken(lambda own=own, move=move: own.write({"company_id": move}))
                ]
        self.assertFalse(taken, "\n".join(taken))
        self.assertLessEqual(
            {
                *("fsm.order", "sercom.accounting.code", "sercom.accounting.layout"),
                *("sercom.billing.band", "sercom.checklist", "sercom.kpi.target"),
                *("sercom.pay.allowance.type", "sercom.pay.layout", "sercom.price.entry"),
                "sercom.sla.policy",
            },
            tried,
        )

    def test_what_companies_share_is_not_one_companys_to_change(self):
        people = self._create_people_of(self.second)
        tried, taken = set(), []
        for name, Model in self.env.registry.items():
            field = Model._fields.get("company_id")
            is_ours = name.startswith("sercom.") and Model._auto and not Model._transient
            is_shared = field is not None and not (field.required or field.related)
            if not is_ours or not (is_shared or name == "sercom.job.cancel.reason"):
                continue
            named = "company_id" if is_shared else "name"
            writers = self._find_writers(self.env[name], named, people)
            if not writers:
                continue
            if is_shared:
                record = self._create_of(self.env[name], self.env["res.company"])
            else:
                record = self.env[name].create({"name": "Shared"})
            for user in writers if record else ():
                tried.add(name)
                own = record.with_user(user)
                roads = {
                    "renamed": lambda own=own: own.write({"name": "Mine"}),
                    "deleted": lambda own=own: own.unlink(),
                }
                if is_shared:
                    roads["taken"] = lambda own=own: own.write({"company_id": self.second.id})
                taken += [
                    f"{name} {road} by {user.login}"
                    for road, take in roads.items()
                    if self._is_taken(take)
                ]
        self.assertFalse(taken, "\n".join(taken))
        self.assertLessEqual(
            {
                *("sercom.accounting.layout", "sercom.checklist", "sercom.job.cancel.reason"),
                *("sercom.pay.allowance.type", "sercom.pay.layout", "sercom.price.entry"),
                "sercom.sla.policy",
            },
            tried,
        )

    def test_parts_of_what_companies_share_are_shared(self):
        manager = self._create_people_of(self.second)["manager"]
        shared = self.env["sercom.pay.layout"].create(
            {
                "name": "Shared",
                "column_ids": [Command.create({"name": "Name", "source": "employee"})],
            }
        )
        Column = self.env["sercom.pay.layout.column"].with_user(manager)
        vals = {"name": "Mine", "source": "employee"}
        with self.assertRaises(AccessError):
            shared.column_ids.with_user(manager).name = "Mine"
        with self.assertRaises(AccessError), self.cr.savepoint():
            Column.create({**vals, "layout_id": shared.id})
        # One's own is of one's own company, though nobody says so; a duplicate too.
        Layout = self.env["sercom.pay.layout"].with_user(manager)
        own = Layout.create({"name": "Own", "column_ids": [Command.create(vals)]})
        self.assertEqual(own.company_id, self.second)
        with self.assertRaises(AccessError), self.cr.savepoint():
            own.column_ids.layout_id = shared
        self.assertEqual(shared.with_user(manager).copy().company_id, self.second)

    def test_no_part_is_moved_onto_a_layout_that_nobody_edits(self):
        standard = self.env["sercom.accounting.layout"].search([("is_standard", "=", True)])[0]
        own = standard.with_user(self.users["accountant"]).copy()
        for part, vals in (
            (own.section_ids[0], {"layout_id": standard.id}),
            (own.section_ids.column_ids[0], {"section_id": standard.section_ids[0].id}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                part.write(vals)

    def test_who_works_for_all_companies_changes_what_they_share(self):
        shared = self.env["sercom.checklist"].create({"name": "Shared"})
        manager = self.users["manager"]
        manager.company_ids = self.env["res.company"].search([])
        shared.with_user(manager).name = "Everybody's"
        self.assertEqual(shared.name, "Everybody's")

    def test_the_use_of_the_public_form_is_its_companys(self):
        used = self.env["sercom.web.request"].create({"stamp": "one", "address_hash": "hash"})
        self.assertTrue(used.with_user(self.users["manager"]).has_access("read"))
        manager = self._create_people_of(self.second)["manager"]
        self.assertFalse(used.with_user(manager).has_access("read"))

    @mute_logger("odoo.sql_db")
    def test_a_dialog_of_somebody_else_is_not_opened(self):
        """The rules on dialogs, on dialogs that are there."""
        first, second = self.users["manager"], self._create_role_user("manager", "second_manager")
        tried = set()
        for name, Model in self.env.registry.items():
            if not Model._transient or not name.startswith("sercom."):
                continue
            Dialog = self.env[name].with_user(first)
            if not Dialog.has_access("read"):
                continue
            try:
                with self.env.cr.savepoint():
                    dialog = Dialog.sudo().create(self._prepare_dialog_vals(Dialog)).sudo(False)
            except (UserError, IntegrityError):  # it asks for more than it requires
                continue
            tried.add(name)
            with self.subTest(name):
                self.assertTrue(dialog.has_access("read"))
                self.assertFalse(dialog.with_user(second).has_access("read"))
                self.assertFalse(dialog.with_user(second).search([("id", "=", dialog.id)]))
        self.assertGreater(len(tried), 8, tried)
