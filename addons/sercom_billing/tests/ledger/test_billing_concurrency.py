from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase

START = datetime(2026, 11, 3, 14)


@tagged("post_install", "-at_install")
class TestBillingConcurrency(ParallelCase):
    """Several people bill and credit the same hours at the same moment."""

    @classmethod
    def _create_base(cls, env):
        client, site = cls._create_site(env, "Parallel billing")
        person = env["hr.employee"].create({"name": "Parallel plumber", "tz": "America/Toronto"})
        product = env["product.product"].create(
            {
                "name": "Parallel hours",
                "type": "service",
                "invoice_policy": "delivery",
                "service_type": "timesheet",
                "uom_id": env.ref("uom.product_uom_hour").id,
                "list_price": 100.0,
                "taxes_id": False,
            }
        )
        job = env["fsm.order"].create({"location_id": site.id})
        env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 3.0,
            }
        )
        entry = env["hr.attendance"].create(
            {
                "employee_id": person.id,
                "check_in": START,
                "check_out": START + timedelta(hours=3),
                "fsm_order_id": job.id,
            }
        )
        entry.timesheet_ids.action_approve()
        return {
            "job": job.id,
            "order": job.sale_id.id,
            "person": person.id,
            "entry": entry.id,
            "product": product.id,
            "client": client.id,
        }

    def _delete_base(self, env):
        order = env["sale.order"].browse(self.base["order"])
        moves = order.invoice_ids
        moves.filtered(lambda move: move.state == "posted").button_draft()
        env.flush_all()
        # Nothing in Odoo takes rows out of the ledger.
        env.cr.execute(SQL("DELETE FROM sercom_billing_entry WHERE order_id = %s", order.id))
        env.cr.execute(
            SQL(
                "UPDATE account_analytic_line SET billed_hours = 0, timesheet_invoice_id = NULL"
                " WHERE so_line = ANY(%s)",
                order.order_line.ids,
            )
        )
        env.invalidate_all()
        moves.exists().with_context(force_delete=True).unlink()
        entry = env["hr.attendance"].browse(self.base["entry"])
        entry.timesheet_ids.action_reset_to_draft()
        entry.unlink()
        env["fsm.order"].browse(self.base["job"]).action_cancel()
        env["hr.employee"].browse(self.base["person"]).unlink()

    def _read(self, env):
        order = env["sale.order"].browse(self.base["order"])
        line = order.order_line
        found = env["sercom.billing.entry"]._verify(order)
        return line.qty_invoiced, sum(line.timesheet_ids.mapped("billed_hours")), found

    def _bill_job(self, env):
        env["fsm.order"].browse(self.base["job"]).action_convert_to_invoice()
        return "billed"

    def _bill_order(self, env):
        env["sale.order"].browse(self.base["order"])._create_invoices()
        return "billed"

    def test_two_people_bill_one_job(self):
        answers = self._run_together([self._bill_job, self._bill_order, self._bill_job])
        self.assertIn("billed", answers)
        for answer in answers:
            self.assertTrue(answer == "billed" or isinstance(answer, UserError), answer)
        self.assertEqual(self._run(self._read), (3.0, 3.0, []))

    def test_one_credits_while_another_bills(self):
        def post(env):
            move = env["sale.order"].browse(self.base["order"])._create_invoices()
            move.action_post()
            return move.id

        move_id = self._run(post)

        def credit(env):
            env["account.move"].browse(move_id)._reverse_moves(cancel=True)
            return "credited"

        answers = self._run_together([credit, self._bill_order, credit])
        self.assertIn("credited", answers)
        invoiced, billed, found = self._run(self._read)
        self.assertFalse(found)
        self.assertEqual(invoiced, billed)
        self.assertIn(billed, (0.0, 3.0))

    def test_time_is_edited_while_it_is_billed(self):
        """Whoever comes first, what is billed is on the hours, and the difference is seen."""

        def edit(env):
            entry = env["hr.attendance"].browse(self.base["entry"])
            entry.check_out = START + timedelta(hours=2)
            entry.timesheet_ids.filtered(
                lambda line: line.approval_state == "draft"
            ).action_approve()
            return "edited"

        answers = self._run_together([edit, self._bill_order])
        self.assertIn("edited", answers)
        for answer in answers:
            self.assertTrue(answer in ("edited", "billed") or isinstance(answer, UserError), answer)

        def read(env):
            line = env["sale.order"].browse(self.base["order"]).order_line
            hours = line.timesheet_ids
            return (
                sum(hours.mapped("unit_amount")),
                round(line.qty_invoiced + line.qty_to_invoice, 2),
                round(sum(hours.mapped("billed_hours")) - line.qty_invoiced, 2),
                env["sercom.billing.entry"]._verify(line.order_id),
            )

        self.assertEqual(self._run(read), (2.0, 2.0, 0.0, []))
