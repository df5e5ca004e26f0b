from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestMissingRates(PayCommon):
    """Who prepares sheets sees who has no rate, all of them, and has a way out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people.pay_rate = 0.0
        for person in cls.people:
            cls._work("2026-11-03", 8.0, employee=person)
        cls.period = cls._prepare()

    def _find_activities(self):
        kind = self.env.ref("sercom_pay.mail_activity_type_rate")
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("res_id", "in", self.people.ids)]
        )

    def test_the_list_marks_them_before(self):
        sheets = self.period.sheet_ids.with_user(self.accountant)
        self.assertEqual({str(day) for day in sheets.mapped("date_without_rate")}, {"2026-11-03"})
        period = Form(self.period.with_user(self.accountant))
        for person in self.people:
            self.assertIn(person.name, period.people_without_rate)
        found = sheets.search([("date_without_rate", "!=", False)])
        self.assertEqual(found, sheets)

    def test_all_of_them_in_one_message(self):
        with self.assertRaises(UserError) as caught:
            self.period.with_user(self.accountant).action_check()
        for person in self.people:
            self.assertIn(
                f"{person.name} has no pay of an hour on 2026-11-03", str(caught.exception)
            )
        self.assertIn("Ask for the Rates", str(caught.exception))
        with self.assertRaisesRegex(UserError, "Pay, Rates of Pay"):
            self.period.with_user(self.manager).action_check()

    def test_the_accountant_asks_and_the_manager_sets_them(self):
        period = self.period.with_user(self.accountant)
        message = period.action_ask_for_rates()["params"]["message"]
        activities = self._find_activities()
        self.assertCountEqual(activities.mapped("res_id"), self.people.ids)
        for user in activities.user_id:
            self.assertTrue(user.has_group("fieldservice.group_fsm_manager"))
            self.assertIn(user.name, message)
        period.action_ask_for_rates()
        self.assertEqual(self._find_activities(), activities)
        view = self.env.ref("sercom_pay.hr_employee_view_list_rates")
        with Form(self.employee.with_user(self.manager), view) as line:
            line.pay_rate = 31.0
        self.assertEqual(self.employee.version_id.pay_rate, 31.0)
        period.action_prepare()
        self.assertEqual(self._get_sheet(self.period).amount_total, 248.0)
        self.assertEqual(self._find_activities().mapped("res_id"), self.anne.ids)
        self.assertNotIn(self.employee.name, period.people_without_rate)

    def test_nobody_is_asked_for_what_is_known(self):
        self.people.pay_rate = 25.0
        self.period.action_prepare()
        self.assertFalse(self.period.people_without_rate)
        with self.assertRaisesRegex(UserError, "Everybody"):
            self.period.with_user(self.accountant).action_ask_for_rates()

    def test_who_pays_nobody_asks_for_nothing(self):
        with self.assertRaises(AccessError):
            self.period.with_user(self.user_technician).action_ask_for_rates()
        with self.assertRaises(AccessError):
            self._get_sheet(self.period).with_user(self.user_technician).read(["date_without_rate"])
