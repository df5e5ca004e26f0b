from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PIXEL, SercomCommon

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
