from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PayCommon

AMOUNTS = ("amount_total", "hours_amount", "premium_amount", "allowance_amount", "amount_before")


@tagged("post_install", "-at_install")
class TestPayAccess(PayCommon):
    """Nobody sees another's pay, and only who pays sees amounts, by any road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_anne = cls._create_user("pay_anne", "sercom_jobs.sercom_jobs_group_technician")
        cls.anne.user_id = cls.user_anne
        cls.user_technician.group_ids += cls.env.ref("base.group_allow_export")
        cls.dispatcher = cls._create_user(
            "pay_dispatcher",
            "fieldservice.group_fsm_dispatcher,hr_attendance.group_hr_attendance_user,"
            "hr_timesheet.group_hr_timesheet_approver",
        )
        for person in cls.people:
            cls._work("2026-11-03", 8.0, employee=person)
        cls.period = cls._prepare()
        cls.mine = cls._get_sheet(cls.period)
        cls.hers = cls._get_sheet(cls.period, cls.anne)

    def test_a_worker_reads_their_own_hours(self):
        sheets = self.Sheet.with_user(self.user_technician).search([])
        self.assertEqual(sheets, self.mine)
        self.assertEqual(sheets.total_hours, 8.0)
        self.assertEqual(sheets.line_ids.mapped("hours"), [8.0])
        self.assertIn("Luc Gagnon", sheets.display_name)
        with self.assertRaises(AccessError):
            self.hers.with_user(self.user_technician).read(["total_hours"])

    def test_no_road_to_amounts(self):
        lines = self.mine.line_ids
        for user in (self.user_technician, self.dispatcher):
            sheets = self.Sheet.with_user(user)
            for name in AMOUNTS:
                with self.subTest(user=user.login, field=name):
                    self.assertNotIn(name, sheets.fields_get())
                    if user == self.user_technician:
                        with self.assertRaises(AccessError):
                            self.mine.with_user(user).read([name])
                        with self.assertRaises(AccessError):
                            self.mine.with_user(user).export_data([name])
                    with self.assertRaises(AccessError):
                        sheets.search([(name, ">", 10)])
                    with self.assertRaises(AccessError):
                        sheets.search([], order=name)
                    with self.assertRaises(AccessError):
                        sheets.formatted_read_group([], [], [f"{name}:sum"])
            for name in ("rate", "amount"):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    lines.with_user(user).read([name])
                with self.assertRaises(AccessError):
                    sheets.search([(f"line_ids.{name}", ">", 10)])
            with self.assertRaises(AccessError):
                sheets.search([("period_id.amount_total", ">", 10)])
            for model in ("sercom.pay.period", "sercom.pay.export", "sercom.pay.allowance"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
        # Odoo looks for it among what it shows of employees to everybody, where it is not.
        with self.assertRaises(ValueError):
            self.env["hr.employee"].with_user(self.user_technician).search([("pay_rate", ">", 1)])
        for user in (self.user_technician, self.dispatcher):
            with self.assertRaises(AccessError):
                self.env["hr.version"].with_user(user).search([("pay_rate", ">", 1)])

    def test_the_chatter_tells_no_amount(self):
        self._pay(self.period)
        texts = self.mine.message_ids.mapped("body") + [
            str(value)
            for value in self.mine.message_ids.tracking_value_ids.mapped("new_value_float")
        ]
        self.assertFalse([text for text in texts if "240" in text])

    def test_the_dispatcher_reads_nobodys_sheet(self):
        self.assertFalse(self.Sheet.with_user(self.dispatcher).search([]))

    def test_only_who_pays_moves_sheets(self):
        for user in (self.user_technician, self.dispatcher):
            for action in ("action_check", "action_prepare", "action_lock", "action_mark_paid"):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(self.mine.with_user(user), action)()
        for user in (self.user_technician, self.accountant, self.manager):
            with self.assertRaises(AccessError):
                self.mine.with_user(user).write({"state": "paid"})
            with self.assertRaises(AccessError):
                self.mine.line_ids.with_user(user).write({"hours": 80})

    def test_the_accountant_reads_all_and_the_amounts(self):
        sheets = self.Sheet.with_user(self.accountant).search([])
        self.assertEqual(sheets, self.mine | self.hers)
        self.assertEqual(sum(sheets.mapped("amount_total")), 400.0)

    def test_nobody_approves_their_own_paid_time(self):
        self.dispatcher.employee_ids = self.env["hr.employee"].create(
            {"name": "Nathalie", "tz": "America/Toronto", "user_id": self.dispatcher.id}
        )
        entry = self._work(
            "2026-11-04",
            2.0,
            employee=self.dispatcher.employee_id,
            job=self.env["fsm.order"],
            work_type="other",
            approve=False,
        )
        with self.assertRaises(AccessError):
            entry.with_user(self.dispatcher).action_approve_pay()
        with self.assertRaises(AccessError):
            entry.with_user(self.dispatcher).write({"is_pay_approved": True})
        other = self._work(
            "2026-11-04",
            2.0,
            employee=self.anne,
            job=self.env["fsm.order"],
            work_type="other",
            approve=False,
        )
        other.with_user(self.dispatcher).action_approve_pay()
        self.assertEqual(other.pay_approved_by_id, self.dispatcher)

    def test_two_companies(self):
        other = self.env["res.company"].create({"name": "Other firm"})
        stranger = self.env["res.users"].create(
            {
                "name": "Stranger",
                "login": "pay_stranger",
                "company_id": other.id,
                "company_ids": other.ids,
                "group_ids": self.accountant.group_ids.ids,
            }
        )
        self.assertFalse(self.Sheet.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.mine.with_user(stranger).read(["amount_total"])
        with self.assertRaises(AccessError):
            self.period.with_user(stranger).action_check()
