from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LAST_DAY, HandOverCommon

GROUP = "sercom_accounting_export.sercom_accounting_export_group"
MODELS = ("batch", "batch.line", "file", "code", "layout", "prepare")


@tagged("post_install", "-at_install")
class TestHandOverAccess(HandOverCommon):
    """For who bills only; a firm that keeps its books in Odoo sees none of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_month()

    def _get_menus(self, user):
        self.env.registry.clear_cache()
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return self.env.ref("sercom_accounting_export.sercom_accounting_export_menu").id in visible

    def test_nothing_shows_until_the_setting_is_on(self):
        user = self.user_accountant
        self.assertFalse(self._get_menus(user))
        move = self.env["account.move"].with_user(user)
        self.assertNotIn("accounting_state", move.fields_get())
        self.assertNotIn("accounting_state", move.get_view(view_type="list")["arch"])
        self.env["res.config.settings"].create({"group_accounting_export": True}).execute()
        self.assertTrue(user.has_group(GROUP))
        self.assertTrue(self._get_menus(user))
        self.assertIn("accounting_state", move.get_view(view_type="list")["arch"])
        self.assertFalse(self.user_dispatcher.has_group(GROUP))

    def test_only_who_bills(self):
        batch = self._prepare()
        for user in (self.user_dispatcher, self.user_technician, self.user_internal):
            for name in MODELS:
                model = self.env[f"sercom.accounting.{name}"].with_user(user)
                self.assertFalse(model.has_access("read"), f"{name} {user.login}")
            for act in (
                batch.action_send,
                batch.action_refresh,
                batch.file_ids[:1].action_download,
            ):
                with self.assertRaises(AccessError):
                    getattr(act.__self__.with_user(user), act.__name__)()
            with self.assertRaises(AccessError):
                self.Line.with_user(user).action_view_changes()

    def test_who_bills_writes_no_batch(self):
        user = self.user_accountant
        batch = self._prepare()
        with self.assertRaises(AccessError):
            batch.write({"state": "sent"})
        with self.assertRaises(AccessError):
            self.Batch.with_user(user).create(
                {
                    "name": "X",
                    "layout_id": batch.layout_id.id,
                    "date_to": LAST_DAY,
                    "company_id": self.company.id,
                }
            )
        with self.assertRaises(AccessError):
            batch.line_ids[:1].write({"sending": 7})
        with self.assertRaises(AccessError):
            batch.file_ids[:1].write({"ledger_total": 7})

    def test_a_layout_of_sercom_is_duplicated_not_edited(self):
        layout = self._get_layout("qbo").with_user(self.user_accountant)
        for record in (layout, layout.section_ids[0], layout.section_ids[0].column_ids[0]):
            with self.assertRaises(AccessError):
                record.write({"sequence": 5})
        own = layout.copy()
        self.assertFalse(own.is_standard)
        own.section_ids[0].column_ids[0].name = "Customer"
        self.assertEqual(len(own.section_ids), len(layout.section_ids))

    def test_companies_are_apart(self):
        batch = self._prepare()
        other = self.env["res.company"].create({"name": "Second Company"})
        self.user_accountant.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        batch = batch.with_user(self.user_accountant).with_context(allowed_company_ids=other.ids)
        self.assertFalse(batch.search([]))
        file = batch.sudo().file_ids[:1].sudo(False)
        for act in (batch.action_send, batch.action_refresh, file.action_download):
            with self.assertRaises(AccessError):
                act()
