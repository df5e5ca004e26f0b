from odoo.exceptions import UserError
from odoo.tests import tagged

from ...hooks import post_init_hook
from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestInstallation(SercomJobsCommon):
    """Jobs that a firm had before Sercom."""

    def _create_old_job(self):
        job = self._create_job()
        order = job.sale_id
        self.env.flush_all()
        self.env.cr.execute("UPDATE fsm_order SET sale_id = NULL WHERE id = %s", job.ids)
        self.env.invalidate_all()
        order._drop_if_empty()
        return job

    def test_installing_opens_and_confirms_no_order(self):
        job = self._create_old_job()
        before = self.env["sale.order"].search_count([])
        post_init_hook(self.env)
        self.assertFalse(job.sale_id)
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_installing_gives_each_company_its_team(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        Team = self.env["fsm.team"]
        Team.search([("company_id", "=", company.id)]).unlink()
        before = Team.search([])
        post_init_hook(self.env)
        self.assertEqual((Team.search([]) - before).company_id, company)
        post_init_hook(self.env)
        self.assertEqual(len(Team.search([])), len(before) + 1)

    def test_old_job_gets_its_order_with_its_first_line_and_is_billed(self):
        job = self._create_old_job()
        self.user_accountant.group_ids += self.env.ref("fieldservice.group_fsm_user")
        with self.assertRaisesRegex(UserError, f"{job.name} has no products or services to bill"):
            job.with_user(self.user_accountant).action_convert_to_invoice()
        self.assertFalse(job.sale_id)
        mine = job.with_user(self.user_dispatcher)
        context = mine.action_add_from_catalog()["context"]
        self.assertEqual(context["product_catalog_currency_id"], self.env.company.currency_id.id)
        mine._update_order_line_info(self.products[0].id, 2.0)
        self.assertEqual(job.sale_id.state, "sale")
        self.assertEqual(job.sale_id.fsm_order_ids, job)
        job.action_complete()
        action = job.with_user(self.user_accountant).action_convert_to_invoice()
        move = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(move.invoice_line_ids.product_id, self.products[0])

    def test_old_job_lives_without_an_order(self):
        job = self._create_old_job()
        job.with_user(self.user_dispatcher).action_start()
        job.with_user(self.user_dispatcher).action_complete()
        job.with_user(self.user_dispatcher).action_reopen("Once more")
        self.assertFalse(job.sale_id)
