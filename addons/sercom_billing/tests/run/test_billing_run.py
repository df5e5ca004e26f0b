from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestBillingRun(BillingCommon):
    """Many jobs billed in one go: progress, and a failure in the middle that stops nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls.env["fsm.order"].create(
            [{"location_id": cls.site.id, "partner_id": cls.client_partner.id} for _n in range(50)]
        )
        product = cls._create_product(name="Call-out", type="service", list_price=50.0)
        cls.env["sale.order.line"].create(
            [
                {
                    "order_id": job.sale_id.id,
                    "fsm_order_id": job.id,
                    "product_id": product.id,
                }
                for job in cls.jobs
            ]
        )
        cls.jobs.action_complete()
        cls.bad = cls.jobs[25]
        cls.bad.sale_line_ids.price_unit = 0.0

    def _run(self, left=600.0):
        """Run the scheduled action; the progress told to it."""
        told = []

        def progress(_cron, processed=0, remaining=None, **_kwargs):
            told.append(processed)
            return left

        # A test is one transaction: what is done is kept at its end.
        with patch.object(self.registry["ir.cron"], "_commit_progress", progress):
            self.env["sercom.billing.run"]._cron_run()
        self.env.invalidate_all()
        return told

    def _start(self, is_together):
        Run = self.env["sercom.billing.run"].with_user(self.user_biller)
        run = Run._start(self.jobs.with_user(self.user_biller), is_together)
        self.assertRecordValues(run, [{"job_count": 50, "failed_count": 0, "progress": 0.0}])
        return run

    def _assert_billed(self, run):
        self.assertRecordValues(run, [{"job_count": 50, "failed_count": 1, "progress": 100.0}])
        failed = run.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.fsm_order_id, self.bad)
        self.assertIn("has no price", failed.message)
        self.assertFalse(failed.move_id)
        good = self.jobs - self.bad
        self.assertFalse(any(good.sale_line_ids.mapped("qty_to_invoice")))
        self.assertEqual(sum(run.line_ids.move_id.mapped("amount_untaxed")), 49 * 50.0)
        entries = self.env["sercom.billing.entry"].search([("fsm_order_id", "in", good.ids)])
        self.assertEqual(entries.user_id, self.user_biller, "Who asked has billed.")

    def test_one_invoice_each(self):
        run = self._start(is_together=False)
        self.assertEqual(self._run(), [0, 20, 20, 10])
        self._assert_billed(run)
        self.assertEqual(len(run.line_ids.move_id), 49)
        self.assertEqual(self._run(), [0], "Nothing twice.")

    def test_one_invoice_for_the_client(self):
        run = self._start(is_together=True)
        self._run()
        self._assert_billed(run)
        self.assertEqual(len(run.line_ids.move_id), 1)
        action = run.with_user(self.user_biller).action_view_invoices()
        self.assertEqual(action["res_id"], run.line_ids.move_id.id)

    def test_it_goes_on_where_it_stopped(self):
        run = self._start(is_together=False)
        self.assertEqual(self._run(left=0), [0, 20])
        self.assertEqual(run.progress, 40.0)
        self.assertEqual(self._run(), [0, 20, 10])
        self._assert_billed(run)

    def test_a_long_list_of_the_dialog_is_billed_in_the_background(self):
        action = self.jobs.with_user(self.user_biller).action_bill_together()
        Wizard = self.env["sercom.bill.together"].with_user(self.user_biller)
        opened = Wizard.with_context(**action["context"]).create({}).action_bill()
        self.assertEqual(opened["res_model"], "sercom.billing.run")
        run = self.env["sercom.billing.run"].browse(opened["res_id"])
        self.assertRecordValues(run, [{"user_id": self.user_biller.id, "is_together": True}])

    def test_who_may_not_bill_bills_nothing_by_it(self):
        run = self._start(is_together=False).sudo()
        run.user_id = self.user_technician
        with self.assertLogs("odoo.addons.sercom_billing", "ERROR"):
            self._run()
        self.assertEqual(set(run.line_ids.mapped("state")), {"failed"})
        self.assertFalse(self.jobs.sale_id.invoice_ids)
        with self.assertRaises(AccessError):
            run.with_user(self.user_technician).read(["is_together"])
        with self.assertRaises(AccessError):
            self.env["sercom.billing.run"].with_user(self.user_biller).create({})
