from odoo import models
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.clock.hr_attendance_fields import CLOSED_ODOO_FIELDS
from ..common_hours import HoursCommon

PROPOSAL = {"new_check_in", "new_check_out", "new_fsm_order_id", "new_work_type", "reason"}
ENTRY = {"fsm_order_id", "work_type", "is_reviewed"}
LINE = {"fsm_order_id", "work_type"}
# What each role may write of what Sercom guards: a new field is closed until it stands here.
WRITABLE = {
    "hr.attendance": dict.fromkeys(("officer", "manager", "plain_officer", "plain_manager"), ENTRY),
    "account.analytic.line": dict.fromkeys(
        ("officer", "manager", "accountant", "plain_timesheets"), LINE
    ),
    "sercom.clock.correction": dict.fromkeys(
        ("officer", "manager", "plain_officer", "plain_manager"), PROPOSAL | {"decision_note"}
    ),
    "sercom.presence": {},
    "sercom.hours.note": dict.fromkeys(("officer", "manager"), {"kind", "line_ids", "note"}),
    "sercom.period.lock": dict.fromkeys(("accountant", "manager"), {"company_id", "date_to"}),
    "sercom.set.job": dict.fromkeys(
        ("officer", "manager", "plain_officer", "plain_manager"),
        {"attendance_ids", "company_id", "fsm_order_id"},
    ),
}
# Fields of Odoo and OCA that are guarded as well.
CLOSED = {
    "hr.attendance": CLOSED_ODOO_FIELDS,
    "account.analytic.line": {"timesheet_invoice_id"},
}


@tagged("post_install", "-at_install")
class TestWritableFields(HoursCommon):
    """Every field of the clock and of the hours, with every role: closed unless it is listed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "technician": cls.user_technician,
            "dispatcher": cls.user_dispatcher,
            "officer": cls.user_officer,
            "manager": cls.user_manager,
            "accountant": cls.user_accountant,
            "salesman": cls.user_salesman,
            "internal": cls.user_internal,
            "plain_officer": cls._create_user(
                "fields_officer", "hr_attendance.group_hr_attendance_user"
            ),
            "plain_manager": cls._create_user(
                "fields_manager", "hr_attendance.group_hr_attendance_manager"
            ),
            "plain_timesheets": cls._create_user(
                "fields_timesheets", "hr_timesheet.group_hr_timesheet_user"
            ),
            "bookkeeper": cls._create_user(
                "fields_bookkeeper", "analytic.group_analytic_accounting"
            ),
        }

    def _get_guarded(self, Model):
        """Stored or inversible fields that Sercom guards: all of its own models' fields."""
        own = Model._name.startswith("sercom.")
        return [
            field
            for name, field in sorted(Model._fields.items())
            if (field.store or field.inverse)
            and name not in models.MAGIC_COLUMNS
            and (
                own
                or name in CLOSED.get(Model._name, ())
                or any(module.startswith("sercom") for module in field._modules)
            )
        ]

    def test_exactly_the_listed_fields_are_writable(self):
        for model, lists in WRITABLE.items():
            for role, user in self.users.items():
                Model = self.env[model].with_user(user)
                guarded = self._get_guarded(Model)
                self.assertTrue(guarded or model == "sercom.presence")
                may = Model.has_access("write")
                record = Model.browse(1)  # that of a record, not of a new one
                found = {
                    field.name
                    for field in guarded
                    if may and record._has_field_access(field, "write")
                }
                with self.subTest(model=model, role=role):
                    self.assertEqual(found, lists.get(role, set()))

    def test_what_is_closed_is_refused(self):
        """The same by writing, on records that are there."""
        entry = self._create_entry()
        correction = entry.with_user(self.user_technician).action_propose_correction(
            {"reason": "x", "check_out": self._at(3)}
        )
        for record in (entry, entry.timesheet_ids, correction.sudo()):
            for role, user in self.users.items():
                own = record.with_user(user)
                listed = WRITABLE[record._name].get(role, set())
                for field in self._get_guarded(record):
                    if field.name not in listed:
                        with (
                            self.subTest(model=record._name, role=role, field=field.name),
                            self.assertRaises(UserError),
                        ):
                            own.write({field.name: False})

    def test_a_default_opens_no_field(self):
        job, other = self.job, self.env["hr.employee"].create({"name": "Anne Roy"})
        new = {
            "hr.attendance": {"employee_id": other.id, "check_in": self._at(0)},
            "account.analytic.line": {
                "name": "Call",
                "employee_id": other.id,
                "fsm_order_id": job.id,
                "unit_amount": 1.0,
            },
            "sercom.clock.correction": {
                "employee_id": other.id,
                "new_check_in": self._at(0),
                "new_check_out": self._at(1),
                "reason": "x",
            },
        }
        for model, vals in new.items():
            Model = self.env[model].with_user(self.user_officer)
            created = set()
            if model == "sercom.clock.correction":
                created = {"attendance_id", "employee_id"}
            for field in self._get_guarded(Model):
                if field.name in WRITABLE[model]["officer"] | created:
                    continue
                with (
                    self.subTest(model=model, field=field.name),
                    self.assertRaises(UserError),
                ):
                    Model.with_context(**{f"default_{field.name}": 1}).create(dict(vals))

    def test_the_screen_shows_what_is_closed(self):
        entry = self.env["hr.attendance"].with_user(self.user_officer)
        fields = entry.fields_get(attributes=["readonly"])
        self.assertTrue(fields["review_reason"]["readonly"])
        self.assertFalse(fields["work_type"]["readonly"])
        self.assertFalse(fields["check_in"]["readonly"])

    def test_a_dialog_is_its_readers_own(self):
        dialog = (
            self.env["sercom.period.lock"]
            .with_user(self.user_accountant)
            .create({"date_to": "2026-11-01"})
        )
        self.assertFalse(dialog.with_user(self.user_manager).has_access("write"))
        self.assertTrue(dialog.has_access("write"))
