from unittest.mock import patch

from odoo.tests import tagged

from ..parallel import ParallelCase

PDF = b"%PDF-1.4 printed in parallel"


@tagged("post_install", "-at_install")
class TestCompletionConcurrency(ParallelCase):
    """Several people complete one job at the same moment."""

    def setUp(self):
        super().setUp()
        printer = patch.object(
            self.registry["ir.actions.report"], "_run_wkhtmltopdf", lambda *_args, **_kwargs: PDF
        )
        self.addCleanup(printer.stop)
        printer.start()

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(
            env, "Client of parallel completions", email="parallel@example.com"
        )
        worker = env["fsm.person"].create({"name": "Parallel worker"})
        jobs = env["fsm.order"].create(
            [{"location_id": site.id, "person_id": worker.id} for _n in range(4)]
        )
        return {
            "jobs": jobs.ids,
            "site": site.id,
            "client": client.id,
            "worker": worker.id,
        }

    def _delete_base(self, env):
        base = self.base
        jobs = env["fsm.order"].browse(base["jobs"])
        site = env["fsm.location"].browse(base["site"])
        self._delete_jobs(env, jobs)
        worker = env["fsm.person"].browse(base["worker"])
        partners = site.partner_id | worker.partner_id | env["res.partner"].browse(base["client"])
        worker.unlink()
        site.unlink()
        partners.exists().unlink()

    def test_four_people_complete_one_job(self):
        job_id = self.base["jobs"][0]

        def complete(env):
            return env["fsm.order"].browse(job_id).action_complete_on_site({"work_note": "Done"})

        answers = self._run_together([complete] * 4)
        self.assertEqual(answers, [{"state": "done", "missing": []}] * 4)

        def make(env):
            report = env["fsm.order"].browse(job_id).job_report_id
            return report._make()

        for answer in self._run_together([make] * 4):
            if isinstance(answer, Exception):
                raise answer

        def read(env):
            job = env["fsm.order"].browse(job_id)
            domain = [("model", "=", "fsm.order"), ("res_id", "=", job_id)]
            files = env["ir.attachment"].search_count(
                [("res_model", "=", "fsm.order"), ("res_id", "=", job_id)]
            )
            return len(job.job_report_ids), env["mail.mail"].search_count(domain), files

        self.assertEqual(self._run(read), (1, 1, 1))
