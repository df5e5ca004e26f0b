from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobWithoutOrder(SercomJobsCommon):
    """Jobs older than Sercom have neither order nor file: they get them where they are missing."""

    def _create_old_job(self):
        job = self._create_job()
        order = job.sale_id
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE fsm_order SET sale_id = NULL, service_file_id = NULL WHERE id = %s", job.id)
        )
        self.env.invalidate_all()
        order._drop_if_empty()
        return job

    def test_the_first_press_on_invoice_says_what_is_missing(self):
        for day, action in enumerate(("plan", "start", "complete")):
            job = self._create_old_job()
            job.scheduled_date_start = self.start + timedelta(days=day)
            job.person_id = self.worker
            getattr(job, f"action_{action}")()
            with (
                self.subTest(action),
                self.assertRaisesRegex(UserError, f"{job.name} has no products or services"),
            ):
                job.with_user(self.user_dispatcher).action_convert_to_invoice()

    def test_it_is_billed_as_any_other(self):
        self.user_dispatcher.group_ids += self.env.ref("account.group_account_invoice")
        job = self._create_old_job().with_user(self.user_dispatcher)
        job._update_order_line_info(self.product_part.id, 2)
        self.assertTrue(job.sudo().sale_id.service_file_id)
        job.action_complete()
        job.sale_line_ids.sudo().qty_delivered = 2.0
        move = self.env["account.move"].browse(job.action_convert_to_invoice()["res_id"])
        self.assertEqual(move.amount_total, 80.0)

    def test_every_button_opens_what_is_missing(self):
        for name in ("action_convert_to_quote", "action_new_quote", "action_start"):
            with self.subTest(name):
                job = self._create_old_job().with_user(self.user_dispatcher)
                getattr(job, name)()

    def test_another_client_of_an_old_job(self):
        job = self._create_old_job()
        other = self.env["res.partner"].create({"name": "Paul Roy"})
        job.with_user(self.user_dispatcher).partner_id = other
        job._ensure_orders()
        self.assertEqual(job.sale_id.partner_id, other)
        self.assertEqual(job.service_file_id.partner_id, other)
