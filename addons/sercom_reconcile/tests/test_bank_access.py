from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BankCommon


@tagged("post_install", "-at_install")
class TestBankAccess(BankCommon):
    """Who owns the money matches the bank and reads the journal; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._create_statement(("INTERAC", cls.due, cls.client_partner))

    def _get_menus(self, role):
        return self.env["ir.ui.menu"].with_user(self.users[role])._visible_menu_ids()

    def test_the_accountant_and_the_manager(self):
        menus = ("sercom_reconcile.sercom_reconcile_menu_bank", "account.menu_board_journal_1")
        menus += ("account.menu_action_move_journal_line_form",)
        for role in ("accountant", "manager"):
            with self.subTest(role=role):
                visible = self._get_menus(role)
                for menu in menus:
                    self.assertIn(self.env.ref(menu).id, visible, menu)
                self.line.with_user(self.users[role]).check_access("write")
                self.invoice.line_ids.with_user(self.users[role]).check_access("read")

    def test_nobody_else(self):
        for role in ("technician", "estimator", "dispatcher", "internal"):
            with self.subTest(role=role):
                menu = self.env.ref("sercom_reconcile.sercom_reconcile_menu_bank")
                self.assertNotIn(menu.id, self._get_menus(role))
                with self.assertRaises(AccessError):
                    self.line.with_user(self.users[role]).check_access("read")
