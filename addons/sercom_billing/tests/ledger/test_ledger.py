import re

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...hooks import post_init_hook
from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestLedger(BillingCommon):
    """Rows are only added, by what happens to documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job()
        cls.hours = cls._work(cls.hourly, 3).timesheet_ids
        cls.line = cls.hourly.sale_line_ids

    def _get_entries(self):
        return self.env["sercom.billing.entry"].search(
            [("order_id", "=", self.hourly.sale_id.id)], order="number"
        )

    def test_each_event_leaves_a_row(self):
        move = self._bill(self.hourly)
        entry = self._get_entries()
        self.assertRecordValues(
            entry,
            [
                {
                    "fate": "billed",
                    "quantity": 3.0,
                    "timesheet_id": self.hours.id,
                    "document_id": move.id,
                    "fsm_order_id": self.hourly.id,
                    "user_id": self.env.uid,
                }
            ],
        )
        self.assertEqual(self.hours.billed_hours, 3.0)
        self.assertEqual(self.hours.timesheet_invoice_id, move)
        move.action_post()
        self.assertEqual(self._get_entries(), entry, "Posting changes nothing.")
        self._credit(move)
        self.assertEqual(self._get_entries().mapped("fate"), ["billed", "credited"])
        self.assertEqual(self.hours.billed_hours, 0.0)
        self.assertFalse(self.hours.timesheet_invoice_id)
        self._assert_left(self.hourly, 3.0)

    def test_a_draft_that_goes_gives_its_hours_back(self):
        for way in ("unlink", "button_cancel"):
            with self.subTest(way=way):
                getattr(self._bill(self.hourly), way)()
                self.assertEqual(self.hours.billed_hours, 0.0)
                self.assertFalse(self.hours.timesheet_invoice_id)
                self._assert_left(self.hourly, 3.0)

    def test_a_draft_edited_by_hand_is_followed(self):
        move = self._bill(self.hourly)
        bill = move.invoice_line_ids
        for quantity, left in ((2.0, 1.0), (3.0, 0.0), (0.0, 3.0), (1.0, 2.0)):
            move.write({"invoice_line_ids": [(1, bill.id, {"quantity": quantity})]})
            self.assertEqual(self.hours.billed_hours, quantity)
            self._assert_left(self.hourly, left)
        move.write({"invoice_line_ids": [(1, bill.id, {"price_unit": 50.0})]})
        self._assert_left(self.hourly, 2.0)
        move.write({"invoice_line_ids": [(2, bill.id)]})
        self._assert_left(self.hourly, 3.0)

    def test_nobody_changes_a_row(self):
        self._bill(self.hourly)
        entry = self._get_entries()
        for user in (self.env.user, self.user_biller):
            own = entry.with_user(user).sudo(user == self.env.user)
            with self.assertRaises(UserError):
                own.write({"quantity": 1.0})
            with self.assertRaises(UserError):
                own.unlink()
            with self.assertRaises(UserError):
                own.copy()
            with self.assertRaises(UserError):
                own.with_context(append_to_ledger=True).create({"quantity": 1.0})

    def test_nobody_writes_billed_hours(self):
        self._bill(self.hourly)
        for name in ("billed_hours", "waived_hours"):
            with self.assertRaises(UserError):
                self.hours.sudo().write({name: 1.0})
            with self.assertRaises(UserError):
                self.hours.sudo().with_context(append_to_ledger=True).write({name: 1.0})

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_too_many(self):
        self._bill(self.hourly)
        self.env.flush_all()
        for billed in (-0.5, 3.5):
            with self.assertRaises(Exception) as caught, self.cr.savepoint():
                self.env.cr.execute(
                    SQL(
                        "UPDATE account_analytic_line SET billed_hours = %s WHERE id = %s",
                        billed,
                        self.hours.id,
                    )
                )
            self.assertIn("billed_hours_bounds", str(caught.exception))

    def test_a_change_past_odoo_is_seen(self):
        self._bill(self.hourly)
        self._assert_ledger(self.hourly)
        entry = self._get_entries()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE sercom_billing_entry SET reason = 'x' WHERE id = %s", entry.id)
        )
        self.env.invalidate_all()
        self.assertIn("was changed", self.env["sercom.billing.entry"]._verify()[0].words)
        self.env.cr.execute(SQL("DELETE FROM sercom_billing_entry WHERE id = %s", entry.id))
        self.env.invalidate_all()
        differences = self.env["sercom.billing.entry"]._verify(self.hourly.sale_id)
        self.assertEqual(len(differences), 2, differences)

    def test_the_button_and_the_cron_tell_what_differs(self):
        entries = self.env["sercom.billing.entry"].with_user(self.user_accountant)
        self._bill(self.hourly)
        self.assertEqual(entries.action_verify()["params"]["type"], "success")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sercom_billing_entry SET quantity = 2 WHERE id = %s", self._get_entries().id
            )
        )
        self.env.invalidate_all()
        self.assertIn("bills 3.00", entries.action_verify()["params"]["message"])
        for _night in range(2):
            entries.sudo()._cron_verify()
        activities = self.hourly.sale_id.activity_ids
        self.assertEqual(activities.mapped("summary").count(activities[:1].summary), 1)
        self.assertIn("bills 3.00", activities[:1].note)

    def test_what_differs_is_told_to_its_own_company_and_as_plain_words(self):
        self.line.name = "Work <a href='https://example.com'>here</a>"
        self._bill(self.hourly)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sercom_billing_entry SET quantity = 2 WHERE id = %s", self._get_entries().id
            )
        )
        self.env.invalidate_all()
        company = self.env["res.company"].create({"name": "Second Company"})
        other = self._create_user("sercom_biller_two", "account.group_account_invoice")
        other.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        told = self.env["sercom.billing.entry"].with_user(other).action_verify()["params"]
        self.assertEqual(told["type"], "success")
        self.assertNotIn(self.hourly.sale_id.name, told["message"])
        self.env["sercom.billing.entry"]._cron_verify()
        note = self.hourly.sale_id.activity_ids[:1].note
        self.assertIn("bills 3.00", note)
        self.assertNotIn("<a", note)

    def test_more_than_was_worked_is_not_posted_twice(self):
        move = self._bill(self.hourly)
        move.write({"invoice_line_ids": [(1, move.invoice_line_ids.id, {"quantity": 5.0})]})
        self.assertEqual(self.hours.billed_hours, 3.0)
        self.assertEqual(self.line.billed_without_hours, 2.0)
        self._work(self.hourly, 1, self.start.replace(hour=20))
        self._assert_left(self.hourly, -1.0)
        self._work(self.hourly, 2, self.start.replace(hour=22))
        self._assert_left(self.hourly, 1.0)

    def test_what_was_billed_before_is_entered(self):
        move = self._bill(self.hourly, post=True)
        self.env.flush_all()
        self.env.cr.execute(SQL("DELETE FROM sercom_billing_entry"))
        self.env.cr.execute(SQL("UPDATE account_analytic_line SET billed_hours = NULL"))
        self.env.cr.execute(SQL("UPDATE sale_order_line SET agreed_hours = NULL"))
        self.env.invalidate_all()
        post_init_hook(self.env)
        self.assertEqual(self.line.agreed_hours, self.line.product_uom_qty)
        self.assertEqual(self.hours.billed_hours, 3.0)
        self.assertEqual(self._get_entries().document_id, move)
        self._assert_left(self.hourly, 0.0)

    def test_the_list_names_an_invoice_by_its_number_of_today(self):
        move = self._bill(self.hourly)
        entries = self._get_entries().with_user(self.user_biller)
        drafted = entries.document_name
        arch = entries.get_views([(False, "list")])["views"]["list"]["arch"]
        (column,) = re.findall(r'name="(document\w*)"(?![^>]*optional="hide")', arch)
        move.action_post()
        self.assertEqual(entries.web_read({column: {}})[0][column], move.display_name)
        self.assertNotEqual(drafted, move.display_name)
        move.button_draft()
        move.name = False
        move.unlink()
        named = self._get_entries().with_user(self.user_biller).web_read({column: {}})
        self.assertEqual(named[0][column], drafted)

    def test_more_cannot_be_given_back_than_was_billed(self):
        credit = self._credit(self._bill(self.hourly, post=True), post=False)
        credit.write({"invoice_line_ids": [(1, credit.invoice_line_ids.id, {"quantity": 4.0})]})
        with self.assertRaisesRegex(UserError, "more .* than was billed"):
            credit.action_post()

    def test_other_orders_are_left_to_odoo(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_partner.id,
                "order_line": [self._line(self.product_part, 2.0)],
            }
        )
        order.action_confirm()
        order._create_invoices().action_post()
        self.assertFalse(
            self.env["sercom.billing.entry"].search_count([("order_id", "=", order.id)])
        )

    def test_the_ledger_is_for_who_bills(self):
        self._bill(self.hourly)
        entries = self._get_entries()
        self.assertTrue(entries.with_user(self.user_accountant).has_access("read"))
        for user in (self.user_dispatcher, self.user_technician, self.user_internal):
            self.assertFalse(entries.with_user(user).has_access("read"))

    def test_a_card_counts_as_the_list_does(self):
        """Nineteen digits of a third of an hour were no quantity."""
        Entry = self.env["sercom.billing.entry"].with_user(self.user_biller)
        digits = set()
        for kind in ("list", "kanban"):
            arch = etree.fromstring(Entry.get_views([(False, kind)])["views"][kind]["arch"])
            [quantity] = arch.xpath("//field[@name='quantity']")
            digits.add(quantity.get("digits"))
            # A card formats with digits only in a widget.
            self.assertIn(quantity.get("widget"), ("float", None if kind == "list" else "float"))
        self.assertEqual(digits, {"[16, 2]"})

    def test_a_line_with_history_stays(self):
        with self.assertRaises(UserError):
            self._bill(self.hourly)
            self.hourly.sale_id._action_cancel()
            self.line.unlink()
