from datetime import timedelta

from odoo import Command
from odoo.tests import Form

from odoo.addons.sercom_timesheets.tests.common import ClockCommon

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class BillingCommon(ClockCommon):
    """Jobs billed by the hour, at $120, and what may happen to their invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_biller = cls._create_user(
            "sercom_biller",
            "account.group_account_invoice,fieldservice.group_fsm_user,"
            "sales_team.group_sale_salesman_all_leads",
        )

    @classmethod
    def _work(cls, job, hours, start=None, employee=None, approve=True):
        """Make a clock entry; its timesheets, approved."""
        start = start or cls.start
        entry = cls._clock(start, start + hours * HOUR, employee=employee, job=job)
        if approve:
            entry.timesheet_ids.action_approve()
        return entry

    @classmethod
    def _complete(cls, job):
        job.over_hours_reason = "It was rusty"
        job.action_complete()

    @classmethod
    def _get_invoices(cls, record):
        order = record if record._name == "sale.order" else record.sale_id
        order.invalidate_recordset(["invoice_ids"])
        return order.invoice_ids

    @classmethod
    def _bill(cls, record, post=False):
        """Bill a job or an order by its button; the draft, or the posted invoice."""
        known = cls._get_invoices(record)
        record.action_convert_to_invoice()
        move = cls._get_invoices(record) - known
        if post:
            move.action_post()
        return move

    @classmethod
    def _bill_period(cls, order, start, end=None, post=False):
        """Bill an order by period, with the dialog of the order."""
        move = cls._bill_by_dialog(
            order,
            advance_payment_method="delivered",
            date_start_invoice_timesheet=start,
            date_end_invoice_timesheet=end or start,
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _ask_deposit(cls, order, amount=100.0):
        """Ask for an amount ahead of the work of an order: the draft."""
        return cls._bill_by_dialog(order, advance_payment_method="fixed", fixed_amount=amount)

    @classmethod
    def _bill_by_dialog(cls, order, **vals):
        known = order.invoice_ids
        wizard = cls.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create(vals).create_invoices()
        return order.invoice_ids - known

    @classmethod
    def _credit(cls, move, post=True, **vals):
        """Credit an invoice as the dialog does; ``vals`` are written on its lines of work."""
        wizard = Form(
            cls.env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=move.ids
            )
        ).save()
        wizard.refund_moves()
        credit = wizard.new_move_ids
        if vals:
            lines = credit.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            credit.write({"invoice_line_ids": [Command.update(line.id, vals) for line in lines]})
        if post:
            credit.action_post()
        return credit

    @classmethod
    def _make_again(cls, move):
        """*Reverse and create invoice*: the new draft."""
        wizard = Form(
            cls.env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=move.ids
            )
        ).save()
        wizard.modify_moves()
        return wizard.new_move_ids

    def _assert_left(self, job, hours, note=""):
        """What is left to bill of a job's hours: by its button, its order's, and by period."""
        line = job.sale_line_ids.filtered(lambda line: line._is_billed_by_hours())
        self.assertEqual(sum(line.mapped("qty_to_invoice")), hours, note)
        opened = sum(line._get_open_hours().values())
        ahead = sum(line.mapped("billed_without_hours"))
        self.assertAlmostEqual(opened - ahead, hours, 6, note)
        self._assert_ledger(job)

    def _assert_ledger(self, job):
        """The ledger agrees with the invoices alone, and its chain holds."""
        self.env.flush_all()
        self.assertEqual(self.env["sercom.billing.entry"]._verify(job.sale_id), [])
