from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..common import DAY, BillingCommon

EVENTS = st.tuples(
    st.sampled_from(
        [
            "work",
            "work",
            "approve",
            "approve",
            "unapprove",
            "lower",
            "move",
            "bill_job",
            "bill_order",
            "bill_order",
            "bill_period",
            "bill_together",
            "edit",
            "drop_line",
            "post",
            "post",
            "credit",
            "credit",
            "price",
            "make_again",
            "cancel",
            "draft",
            "delete",
            "order_less",
            "waive",
            "bill_after_all",
            "policy",
            "policy",
            "order_hours",
        ]
    ),
    st.integers(0, 7),
    st.integers(0, 8),
)
CALM = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    "derandomize": True,
}


class BillingMachine(BillingCommon):
    """Random sequences of what people do with hours and invoices, over the real models."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls._create_hourly_job(hours=4.0) | cls._create_hourly_job(hours=4.0)
        cls.env["sale.order.line"].create(
            {
                "order_id": cls.jobs[0].sale_id.id,
                "fsm_order_id": cls.jobs[0].id,
                "product_id": cls.product_part.id,
                "product_uom_qty": 2.0,
            }
        )
        cls.entries = cls.env["hr.attendance"]

    # What people do: ``which`` picks a record, ``much`` says how much

    def _pick(self, records, which):
        return records[which % len(records)] if records else records

    def _moves(self, *states, kind=None):
        moves = self.jobs.sale_id.invoice_ids.sorted("id")
        return moves.filtered(
            lambda move: move.state in states and (not kind or move.move_type == kind)
        )

    def _lines(self):
        return self.env["account.analytic.line"].search(
            [("fsm_order_id", "in", self.jobs.ids), ("project_id", "!=", False)], order="id"
        )

    def _do_work(self, which, much):
        start = self.start - 5 * DAY * (1 + len(self.entries))
        job = self._pick(self.jobs, which)
        self.entries |= self._work(job, 1 + much / 4, start, approve=bool(which % 3))

    def _do_approve(self, which, much):
        self._lines().filtered(lambda line: line.approval_state == "draft").action_approve()

    def _do_unapprove(self, which, much):
        self._pick(self._lines(), which).action_reset_to_draft()

    def _do_lower(self, which, much):
        if entry := self._pick(self.entries, which):
            entry.check_out = entry.check_in + timedelta(minutes=15 + 15 * much)

    def _do_move(self, which, much):
        if entry := self._pick(self.entries, which):
            entry.fsm_order_id = self._pick(self.jobs, much)

    def _do_bill_job(self, which, much):
        self._pick(self.jobs, which).action_convert_to_invoice()

    def _do_bill_order(self, which, much):
        self._pick(self.jobs, which).sale_id._create_invoices(final=bool(much % 2))

    def _do_bill_together(self, which, much):
        self.jobs._bill_together()

    def _do_bill_period(self, which, much):
        day = self._pick(self._lines(), much).date
        if day:
            order = self._pick(self.jobs, which).sale_id
            self._bill_period(order, day, day + much * DAY)

    def _do_edit(self, which, much):
        bills = self._moves("draft").invoice_line_ids.filtered("sale_line_ids")
        if bill := self._pick(bills, which):
            bill.move_id.write(
                {"invoice_line_ids": [Command.update(bill.id, {"quantity": much / 2})]}
            )

    def _do_drop_line(self, which, much):
        bills = self._moves("draft").invoice_line_ids.filtered("sale_line_ids")
        if bill := self._pick(bills, which):
            bill.move_id.write({"invoice_line_ids": [Command.delete(bill.id)]})

    def _do_post(self, which, much):
        self._pick(self._moves("draft"), which).action_post()

    def _do_credit(self, which, much):
        if move := self._pick(self._moves("posted", kind="out_invoice"), which):
            self._credit(move, post=bool(much % 3), **({"quantity": much / 4} if much else {}))

    def _do_price(self, which, much):
        if move := self._pick(self._moves("posted", kind="out_invoice"), which):
            self._credit(move, price_unit=1.0 + much)

    def _do_make_again(self, which, much):
        if move := self._pick(self._moves("posted", kind="out_invoice"), which):
            self._make_again(move)

    def _do_cancel(self, which, much):
        self._pick(self._moves("draft"), which).button_cancel()

    def _do_draft(self, which, much):
        self._pick(self._moves("posted", "cancel"), which).button_draft()

    def _do_delete(self, which, much):
        self._pick(self._moves("draft", "cancel"), which).unlink()

    def _do_order_less(self, which, much):
        part = self.jobs.sale_line_ids.filtered(lambda line: line.product_id == self.product_part)
        part.product_uom_qty = much / 2

    def _do_policy(self, which, much):
        policies = (False, "sold", "actual", "capped")
        self._pick(self.jobs, which).billing_policy = policies[much % 4]

    def _do_order_hours(self, which, much):
        lines = self.jobs.sale_line_ids.filtered(lambda line: line._is_labour())
        self._pick(lines, which).product_uom_qty = much

    def _do_waive(self, which, much):
        self._pick(self.jobs, which)._waive_latest("warranty", "Goodwill", much / 4)

    def _do_bill_after_all(self, which, much):
        self._pick(self.jobs, which).timesheet_ids._take_decision_back("Second thoughts")

    # What always holds

    def _check(self, trace):
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.env["sercom.billing.entry"]._verify(self.jobs.sale_id)
        self.assertFalse(found, trace)
        for line in self.jobs.sale_line_ids:
            if not line._is_billed_by_hours():
                continue
            hours = line.timesheet_ids
            for own in hours:
                low, high = min(0.0, own.billable_hours), max(0.0, own.billable_hours)
                self.assertLessEqual(low - 1e-5, own.billed_hours, trace)
                self.assertGreaterEqual(high + 1e-5, own.billed_hours, trace)
            billed = sum(hours.mapped("billed_hours")) + line.billed_without_hours
            self.assertAlmostEqual(line.qty_invoiced, billed, 2, trace)
            self.assertGreaterEqual(line.billed_without_hours, -1e-5, trace)
            left = sum(line._get_open_hours().values()) - line.billed_without_hours
            drafted = line._get_drafted_credits()
            expected = min(0.0, left + drafted) if left < 0 else left
            self.assertAlmostEqual(line.qty_to_invoice, expected, 2, trace)

    def _finish(self, trace):
        """Approve, bill and post all that is left: then what is posted is what was worked."""
        self._do_approve(0, 0)
        for _round in range(4):
            for move in self._moves("draft"):
                try:
                    with self.env.cr.savepoint():
                        move.action_post()
                except UserError:  # noqa: PERF203 - what is not owed is not posted
                    move.unlink()
            for order in self.jobs.sale_id:
                order.with_context(raise_if_nothing_to_invoice=False)._create_invoices(final=True)
        self._check(trace)
        for line in self.jobs.sale_line_ids.filtered(lambda line: line._is_billed_by_hours()):
            worked = sum(line.timesheet_ids.mapped("billable_hours")) - line.waived_hours
            self.assertAlmostEqual(line.qty_to_invoice, 0.0, 2, trace)
            self.assertAlmostEqual(line.qty_invoiced_posted, worked, 2, trace)

    def _play(self, events):
        self.entries = self.env["hr.attendance"]
        trace = []
        with self.env.cr.savepoint() as outer, mute_logger("odoo.sql_db"):
            for name, which, much in [("work", 1, 8), *events]:
                try:
                    with self.env.cr.savepoint():
                        getattr(self, f"_do_{name}")(which, much)
                    trace.append((name, which, much))
                except UserError as error:
                    trace.append((name, which, much, str(error)))
                    self.env.invalidate_all()
                self.entries = self.entries.exists()
                self._check(trace)
            self._finish(trace)
            outer.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestBillingMachine(BillingMachine):
    """A short game, always played."""

    @settings(max_examples=6, **CALM)
    @given(st.lists(EVENTS, min_size=5, max_size=9))
    def test_whatever_the_order_of_events(self, events):
        self._play(events)


@tagged("post_install", "-at_install", "slow")
class TestBillingMachineLong(BillingMachine):
    """The same, for longer."""

    @settings(max_examples=40, **CALM)
    @given(st.lists(EVENTS, min_size=4, max_size=20))
    def test_whatever_the_order_of_events(self, events):
        self._play(events)
