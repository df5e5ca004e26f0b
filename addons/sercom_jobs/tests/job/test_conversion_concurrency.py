from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestConversionConcurrency(ParallelCase):
    """Several people convert one record at the same moment, each in a transaction of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uid = cls._run(lambda env: env.ref("base.user_admin").id)

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(env, "Client of parallel tests")
        product = env["product.product"].create(
            {
                "name": "Parallel hour",
                "type": "service",
                "field_service_tracking": "sale",
                "invoice_policy": "order",
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
            }
        )
        return {"client": client.id, "site": site.id, "product": product.id}

    def _delete_base(self, env):
        site = env["fsm.location"].browse(self.base["site"])
        partners = site.partner_id + env["res.partner"].browse(self.base["client"])
        site.unlink()
        env["product.product"].browse(self.base["product"]).product_tmpl_id.unlink()
        partners.exists().unlink()

    def setUp(self):
        super().setUp()
        self.addCleanup(self._run, self._delete_documents)

    def _delete_documents(self, env):
        """Delete all that was made for the client, from the invoices back to the file."""
        client = [("partner_id", "=", self.base["client"])]
        files = env["sercom.service.file"].search(client)
        orders = env["sale.order"].search(client)
        jobs = env["fsm.order"].search([("location_id", "=", self.base["site"])])
        env["account.move"].search(client).unlink()
        self._delete_ledgers(env, orders)
        orders._action_cancel()
        jobs.sale_line_ids.fsm_order_id = False
        # fieldservice keeps the jobs that left their first stage.
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.unlink()
        orders.exists().unlink()
        env["crm.lead"].with_context(active_test=False).search(client).unlink()
        (files | env["sercom.service.file"].search(client)).unlink()

    # Sources of conversions, committed

    def _create_request(self, env):
        return env["crm.lead"].create(
            {
                "name": "Parallel request",
                "type": "opportunity",
                "partner_id": self.base["client"],
                "fsm_location_id": self.base["site"],
                "request_line_ids": [Command.create({"product_id": self.base["product"]})],
            }
        )

    def _create_quote(self, env):
        return env["sale.order"].create(
            {
                "partner_id": self.base["client"],
                "fsm_location_id": self.base["site"],
                "order_line": [Command.create({"product_id": self.base["product"]})],
            }
        )

    def _create_done_job(self, env):
        job = env["fsm.order"].create({"location_id": self.base["site"]})
        job._update_order_line_info(self.base["product"], 2.0)
        job.action_complete()
        return job

    def _commit(self, create):
        """Make a record in a transaction of its own; its model's name and id."""

        def run(env):
            record = create(env)
            return record._name, record.id

        return self._run(run)

    def _call_together(self, *calls):
        """Run calls in parallel, each ``(model, id, method)``; what each answered or raised."""

        def prepare(model, record_id, method):
            def call(env):
                return getattr(env[model].browse(record_id), method)()

            return call

        return self._run_together([prepare(*call) for call in calls], uid=self.uid)

    def _assert_one_document(self, answers, model):
        """All callers were shown the same document, and it is the only one."""
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        shown = {(answer["res_model"], answer.get("res_id")) for answer in answers}
        client = (
            [("location_id", "=", self.base["site"])]
            if model == "fsm.order"
            else [("partner_id", "=", self.base["client"])]
        )
        made = self._run(lambda env: env[model].search(client).ids)
        self.assertEqual(shown, {(model, made[0])})
        self.assertEqual(len(made), 1)

    def _convert_together(self, create, target, model, callers=2):
        source = self._commit(create)
        answers = self._call_together(*[(*source, f"action_convert_to_{target}")] * callers)
        self._assert_one_document(answers, model)

    # Two people

    def test_request_to_quote(self):
        self._convert_together(self._create_request, "quote", "sale.order")

    def test_request_to_job(self):
        self._convert_together(self._create_request, "job", "fsm.order")

    def test_request_to_invoice(self):
        self._convert_together(self._create_request, "invoice", "account.move")

    def test_quote_to_job(self):
        self._convert_together(self._create_quote, "job", "fsm.order")

    def test_quote_to_invoice(self):
        self._convert_together(self._create_quote, "invoice", "account.move")

    def test_job_to_invoice(self):
        self._convert_together(self._create_done_job, "invoice", "account.move")

    def test_job_to_quote(self):
        job = self._commit(self._create_done_job)
        answers = self._call_together(*[(*job, "action_convert_to_quote")] * 2)
        quotes = self._run(
            lambda env: env["sale.order"].search([("origin_fsm_order_id", "=", job[1])]).ids
        )
        self.assertEqual([answer["res_id"] for answer in answers], quotes * 2)
        self.assertEqual(len(quotes), 1)

    def test_confirming_one_quote(self):
        quote = self._commit(self._create_quote)
        answers = self._call_together(*[(*quote, "action_confirm")] * 2)
        # Odoo refuses to confirm what another has just confirmed.
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertLess(len(refused), 2)
        for error in refused:
            self.assertIsInstance(error, UserError)
        self._assert_one_document(
            self._call_together((*quote, "action_convert_to_job")), "fsm.order"
        )

    # Many people

    def test_eight_people_make_one_quote(self):
        self._convert_together(self._create_request, "quote", "sale.order", callers=8)

    def test_eight_people_make_one_job(self):
        self._convert_together(self._create_quote, "job", "fsm.order", callers=8)

    # Two people at two ends of one flow

    def _commit_quoted_request(self):
        request = self._commit(self._create_request)

        def convert(env):
            action = env["crm.lead"].browse(request[1]).action_convert_to_quote()
            return action["res_model"], action["res_id"]

        return request, self._run(convert)

    def test_job_from_the_request_and_from_its_quote(self):
        request, quote = self._commit_quoted_request()
        answers = self._call_together(
            (*request, "action_convert_to_job"), (*quote, "action_convert_to_job")
        )
        self._assert_one_document(answers, "fsm.order")

    def test_invoice_from_the_request_and_from_its_quote(self):
        request, quote = self._commit_quoted_request()
        answers = self._call_together(
            (*request, "action_convert_to_invoice"), (*quote, "action_convert_to_invoice")
        )
        self._assert_one_document(answers, "account.move")

    def test_invoice_from_the_job_and_from_its_order(self):
        job = self._commit(self._create_done_job)
        order = self._run(lambda env: env["fsm.order"].browse(job[1]).sale_id.id)
        answers = self._call_together(
            (*job, "action_convert_to_invoice"),
            ("sale.order", order, "action_convert_to_invoice"),
        )
        self._assert_one_document(answers, "account.move")
