from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import PayCommon


@tagged("post_install", "-at_install")
class TestStub(PayCommon):
    """A pay sheet on paper; what is paid has no button that deletes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for day in range(2, 7):
            cls._work(f"2026-11-0{day}", 9.0)
        cls.period = cls._prepare()
        cls.sheet = cls._get_sheet(cls.period)

    def _print(self, user):
        report = self.env["ir.actions.report"].with_user(user)
        return report._render_qweb_html("sercom_pay.report_pay_sheet", self.sheet.ids)[0].decode()

    def test_who_pays_prints_hours_and_amounts(self):
        self._pay(self.period)
        page = self._print(self.accountant)
        for text in ("Luc Gagnon", "1,425.00", "45:00", "30.00"):
            self.assertIn(text, page)

    def test_a_worker_prints_their_hours(self):
        self._pay(self.period)
        page = self._print(self.user_technician)
        self.assertIn("45:00", page)
        self.assertNotIn("1,425.00", page)
        self.assertNotIn("30.00", page)

    def test_only_a_sheet_that_nobody_checked_is_deleted(self):
        views = self.Sheet.with_user(self.accountant).get_views([(False, "form"), (False, "list")])
        for kind in ("form", "list"):
            self.assertIn('delete="0"', views["views"][kind]["arch"].partition("<header>")[0])
        self.period.action_check()
        with self.assertRaisesRegex(UserError, "was checked"):
            self.sheet.with_user(self.accountant).action_delete()
        self.sheet.action_back()
        self.sheet.with_user(self.accountant).action_delete()
        self.assertFalse(self.sheet.exists())
        self.assertTrue(self._get_sheet(self._prepare()))
