from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon

# event: (delivered, billed, still to bill) of the three hours, and what each road drafts; a
# credit is below zero. 3 h × 110 + travel 65 + 2 valves × 40 = 475.
EVENTS = {
    "nothing": (3, 3, 0, 0),
    "hours_down": (2, 3, -1, -110),
    "hours_up": (4, 3, 1, 110),
    "all_down": (0, 3, -3, -475),
    "part_returned": (3, 3, 0, -40),
    "hours_up_and_part_returned": (4, 3, 1, 70),
    "price_down_unbilled": (3, 0, 3, 445),
    "price_down_once_credited": (3, 0, 3, 445),
    "draft_deleted": (3, 0, 3, 475),
    "draft_cancelled": (3, 0, 3, 475),
    "credited_in_full": (3, 0, 3, 475),
    "credited_by_line": (3, 2, 1, 110),
    "cancelled_unbilled": (0, 0, 0, 0),
    "cancelled_once_credited": (0, 0, 0, 0),
}
# of a job that is billed as ordered before it is done
EARLY_EVENTS = {
    "cancelled": (0, 3, -3, -475),
    "cancelled_and_credited": (0, 0, 0, 0),
    "cancelled_and_reopened": (3, 3, 0, 0),
    "cancelled_with_deposit": (0, 0, 0, -200),
}


class RoadsCommon(SercomJobsCommon):
    """The roads to a job's invoice, and what may happen before one is taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_accountant.group_ids += cls.env.ref("fieldservice.group_fsm_user")
        cls.user_accountant.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    # Roads: answer nothing, or raise

    def _press_job(self, job):
        job.with_user(self.user_accountant).action_convert_to_invoice()

    def _press_order(self, job):
        job.sale_id.with_user(self.user_accountant).action_convert_to_invoice()

    def _press_list(self, job):
        action = self.env.ref("sercom_jobs.fsm_order_action_convert_to_invoice")
        action.with_user(self.user_accountant).with_context(
            active_model="fsm.order", active_ids=job.ids, active_id=job.id
        ).run()

    def _press_create_invoice(self, job):
        order = job.sale_id
        Wizard = self.env["sale.advance.payment.inv"].with_user(self.user_accountant)
        context = {"active_model": "sale.order", "active_ids": order.ids, "active_id": order.id}
        with Form(Wizard.with_context(**context)) as form:
            form.advance_payment_method = "delivered"
        form.save().create_invoices()

    # Events

    def _bill(self, job):
        job.action_convert_to_invoice()
        move = job.invoice_ids.filtered(lambda move: move.state == "draft")
        self.assertEqual(move.amount_untaxed, 475.0)
        return move

    def _bill_and_post(self, job):
        move = self._bill(job)
        move.action_post()
        return move

    def _credit(self, move):
        move._reverse_moves().action_post()

    def _set_line(self, job, product, **vals):
        """Change the line of a product as the office does, on the order's form."""
        with Form(job.sale_id.with_user(self.user_dispatcher)) as form:
            index = job.sale_id.order_line.ids.index(
                job.sale_line_ids.filtered(lambda line: line.product_id == product).id
            )
            with form.order_line.edit(index) as line:
                for name, value in vals.items():
                    line[name] = value

    def _do_nothing(self, job):
        self._bill_and_post(job)

    def _do_hours_down(self, job):
        self._bill_and_post(job)
        self._set_line(job, self.product_hour, product_uom_qty=2)

    def _do_hours_up(self, job):
        self._bill_and_post(job)
        self._set_line(job, self.product_hour, product_uom_qty=4)

    def _do_all_down(self, job):
        self._bill_and_post(job)
        for product in self.products:
            self._set_line(job, product, product_uom_qty=0)

    def _do_part_returned(self, job):
        self._bill_and_post(job)
        self._set_line(job, self.product_part, product_uom_qty=1)

    def _do_hours_up_and_part_returned(self, job):
        self._do_hours_up(job)
        self._set_line(job, self.product_part, product_uom_qty=1)

    def _do_price_down_unbilled(self, job):
        self._set_line(job, self.product_hour, price_unit=100)

    def _do_price_down_once_credited(self, job):
        move = self._bill_and_post(job)
        with self.assertRaisesRegex(AssertionError, "readonly"):
            self._set_line(job, self.product_hour, price_unit=100)
        self._credit(move)
        self._set_line(job, self.product_hour, price_unit=100)

    def _do_draft_deleted(self, job):
        self._bill(job).unlink()

    def _do_draft_cancelled(self, job):
        self._bill(job).button_cancel()

    def _do_credited_in_full(self, job):
        self._credit(self._bill_and_post(job))

    def _do_credited_by_line(self, job):
        move = self._bill_and_post(job)
        credit = move._reverse_moves()
        hours = credit.invoice_line_ids.filtered(lambda line: line.product_id == self.product_hour)
        (credit.invoice_line_ids - hours).unlink()
        hours.quantity = 1
        credit.action_post()

    def _do_cancelled_unbilled(self, job):
        job.action_cancel()

    def _do_cancelled_once_credited(self, job):
        self._do_credited_in_full(job)
        job.action_cancel()

    def _do_cancelled(self, job):
        self._bill_and_post(job)
        job.action_cancel()

    def _do_cancelled_and_credited(self, job):
        self._credit(self._bill_and_post(job))
        job.action_cancel()

    def _do_cancelled_and_reopened(self, job):
        self._do_cancelled(job)
        job.action_reopen()

    def _do_cancelled_with_deposit(self, job):
        context = {"active_ids": job.sale_id.ids}
        self.env["sale.advance.payment.inv"].with_context(**context).create(
            {"advance_payment_method": "fixed", "fixed_amount": 200.0}
        )._create_invoices(job.sale_id).action_post()
        job.action_cancel()

    # The table

    def _get_drafted(self, road, job):
        """What a road drafts for a job: untaxed, a credit below zero."""
        before = job.sale_id.invoice_ids
        try:
            road(job)
            road(job)  # a double click
        except UserError as error:
            self.assertRegex(str(error), "othing to invoice|No items are available|is cancelled")
        new = job.sale_id.invoice_ids - before
        self.assertLessEqual(len(new), 1)
        self.assertTrue(all(move.state == "draft" for move in new))
        products = new.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids.fsm_order_id  # not the deposit's
        )
        self.assertEqual(products.fsm_order_id, job if products else job.browse())
        return sum(new.mapped("amount_untaxed_signed"))

    def _check(self, event, job, expected):
        *hours, money = expected
        getattr(self, f"_do_{event}")(job)
        line = job.sale_line_ids.filtered(lambda line: line.product_id == self.product_hour)
        with self.subTest(event=event):
            self.assertEqual([line.qty_delivered, line.qty_invoiced, line.qty_to_invoice], hours)
        for name in ("job", "order", "list", "create_invoice"):
            with self.subTest(event=event, road=name), self.cr.savepoint() as savepoint:
                drafted = self._get_drafted(getattr(self, f"_press_{name}"), job)
                self.assertEqual(drafted, money)
                savepoint.rollback()
                self.env.invalidate_all()

    def _make_done(self):
        job = self._create_billable_job()
        job.action_complete()
        return job


@tagged("slow", "post_install", "-at_install")
class TestEventsBeforeInvoice(RoadsCommon):
    """Each event, then each road: a table of five dozen invoices."""

    def test_events_of_a_done_job(self):
        for event, expected in EVENTS.items():
            self._check(event, self._make_done(), expected)

    def test_events_of_an_open_job(self):
        for event, expected in EARLY_EVENTS.items():
            self._check(event, self._create_billable_job(), expected)


@tagged("post_install", "-at_install")
class TestRoadsToInvoice(RoadsCommon):
    """Whoever bills, from the job, its list or its order: the same money is drafted, once."""

    def test_some_events(self):
        event = "hours_up_and_part_returned"
        self._check(event, self._make_done(), EVENTS[event])
        self._check("cancelled", self._create_billable_job(), EARLY_EVENTS["cancelled"])

    def test_a_replaced_invoice_is_billed_once(self):
        for name in ("job", "order", "list"):
            job = self._make_done()
            move = self._bill_and_post(job)
            wizard = self.env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=move.ids
            )
            wizard.create({"journal_id": move.journal_id.id}).modify_moves()
            with self.subTest(road=name):
                self.assertEqual(self._get_drafted(getattr(self, f"_press_{name}"), job), 0.0)
                self.assertEqual(sum(job.invoice_ids.mapped("amount_untaxed_signed")), 475.0)

    def test_a_cancelled_job_beside_others(self):
        install = self._create_line_product()
        order = self._create_quote(order_line=[self._line(install), self._line(install)])
        order.action_confirm()
        kept, dropped = order.fsm_order_ids.sorted("id")
        dropped.action_cancel()
        kept.action_complete()
        order.action_convert_to_invoice()
        self.assertEqual(order.invoice_ids.amount_untaxed, 500.0)
        self.assertEqual(order.invoice_ids.fsm_order_ids, kept)
        self.assertEqual(order.order_line.mapped("qty_to_invoice"), [0.0, 0.0])
        self.assertEqual(order.order_line.mapped("untaxed_amount_to_invoice"), [500.0, 0.0])
        self.assertEqual(order.order_line.mapped("amount_to_invoice"), [500.0, 0.0])
        dropped.action_reopen()
        self.assertEqual(order.order_line.mapped("qty_to_invoice"), [0.0, 1.0])

    def test_the_credit_is_found_again(self):
        job = self._make_done()
        self._bill_and_post(job)
        self._set_line(job, self.product_hour, product_uom_qty=2)
        credit = self.env["account.move"].browse(job.action_convert_to_invoice()["res_id"])
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 110.0))
        for record in (job, job.sale_id):
            self.assertEqual(record.action_convert_to_invoice()["res_id"], credit.id)
