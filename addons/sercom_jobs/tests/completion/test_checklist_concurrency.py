from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestChecklistConcurrency(ParallelCase):
    """Several people give one job its checklist, or answer it, at the same moment."""

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(env, "Client of parallel checklists")
        product = env["product.product"].create(
            {
                "name": "Parallel service",
                "type": "service",
                "field_service_tracking": "sale",
                "taxes_id": [Command.clear()],
            }
        )
        checklist = env["sercom.checklist"].create(
            {
                "name": "Parallel checklist",
                "product_tmpl_ids": product.product_tmpl_id.ids,
                "line_ids": [Command.create({"name": f"Item {n}"}) for n in range(3)],
            }
        )
        return {
            "site": site.id,
            "client": client.id,
            "product": product.id,
            "checklist": checklist.id,
        }

    def _delete_base(self, env):
        site = env["fsm.location"].browse(self.base["site"])
        jobs = env["fsm.order"].search([("location_id", "=", site.id)])
        orders = env["sale.order"].search([("partner_id", "=", self.base["client"])])
        files = jobs.service_file_id | orders.service_file_id
        orders._action_cancel()
        jobs.sale_line_ids.fsm_order_id = False
        # fieldservice keeps the jobs that left their first stage.
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.unlink()
        orders.exists().unlink()
        files.exists().unlink()
        partners = site.partner_id + env["res.partner"].browse(self.base["client"])
        site.unlink()
        partners.exists().unlink()
        env["sercom.checklist"].browse(self.base["checklist"]).unlink()
        env["product.product"].browse(self.base["product"]).product_tmpl_id.unlink()

    def _create_job(self):
        return self._run(lambda env: env["fsm.order"].create({"location_id": self.base["site"]}).id)

    def _link(self, job_id):
        """Call that adds the checklist to a job, as the office does by hand."""

        def call(env):
            link = Command.link(self.base["checklist"])
            return env["fsm.order"].browse(job_id).write({"checklist_ids": [link]})

        return call

    def _assert_one_checklist(self, answers):
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer

        def read(env):
            jobs = env["fsm.order"].search([("location_id", "=", self.base["site"])])
            return len(jobs), jobs.checklist_ids.ids, sorted(jobs.check_ids.mapped("name"))

        self.assertEqual(
            self._run(read), (1, [self.base["checklist"]], ["Item 0", "Item 1", "Item 2"])
        )

    def test_four_conversions_of_one_quote(self):
        def create(env):
            line = Command.create({"product_id": self.base["product"]})
            quote = env["sale.order"].create(
                {
                    "partner_id": self.base["client"],
                    "fsm_location_id": self.base["site"],
                    "order_line": [line],
                }
            )
            return quote.id

        quote_id = self._run(create)

        def convert(env):
            return env["sale.order"].browse(quote_id).action_convert_to_job()["res_id"]

        self._assert_one_checklist(self._run_together([convert] * 4))

    def test_eight_people_add_one_checklist(self):
        job_id = self._create_job()
        self._assert_one_checklist(self._run_together([self._link(job_id)] * 8))

    def test_the_office_and_the_catalog_add_one_checklist(self):
        job_id = self._create_job()

        def add_service(env):
            return (
                env["fsm.order"].browse(job_id)._update_order_line_info(self.base["product"], 1.0)
            )

        self._assert_one_checklist(self._run_together([self._link(job_id), add_service]))

    def test_four_phones_answer_one_item(self):
        job_id = self._create_job()
        self._run(self._link(job_id))
        check_id = self._run(lambda env: env["fsm.order"].browse(job_id).check_ids[:1].id)

        def answer(env):
            return env["sercom.job.check"].browse(check_id).action_answer(True)

        answers = self._run_together([answer] * 4)
        self.assertEqual({answer["state"] for answer in answers}, {"done"})
        self.assertEqual(len({answer["answered_on"] for answer in answers}), 1)
