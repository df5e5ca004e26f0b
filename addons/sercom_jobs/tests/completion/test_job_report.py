from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import SercomJobsCommon

PDF = b"%PDF-1.4 what was printed"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestJobReport(SercomJobsCommon):
    """The completion report: made once, e-mailed once, kept when the job is reopened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.job = cls._create_job(
            person_id=cls.worker.id,
            scheduled_date_start=cls.start,
            description="<p>Water heater leaks</p>",
        )
        cls.own = cls.job.with_user(cls.user_technician)

    def setUp(self):
        super().setUp()
        for name, answer in (
            ("_commit_progress", lambda *_args, **_kwargs: 600.0),
            ("_trigger", lambda *_args, **_kwargs: None),
        ):
            mock = patch.object(self.env.registry["ir.cron"], name, answer)
            self.addCleanup(mock.stop)
            mock.start()
        printer = patch.object(
            self.env.registry["ir.actions.report"],
            "_run_wkhtmltopdf",
            lambda *_args, **_kwargs: PDF,
        )
        self.addCleanup(printer.stop)
        printer.start()

    def _mails(self, job=None):
        return self.env["mail.mail"].search(
            [("model", "=", "fsm.order"), ("res_id", "=", (job or self.job).id)]
        )

    def _html(self, job=None, user=None):
        job = job or self.job
        Report = self.env["ir.actions.report"].with_user(user or self.env.user)
        return Report._render_qweb_html("sercom_jobs.report_completion", job.ids)[0].decode()

    def test_made_and_sent_once(self):
        self.own.action_complete()
        report = self.job.job_report_id
        self.assertRecordValues(report, [{"state": "waiting", "version": 1, "is_to_send": True}])
        for _run in range(2):
            self.env["sercom.job.report"]._cron_make()
        self.assertEqual(report.state, "current")
        self.assertEqual(report.attachment_id.raw, PDF)
        self.assertEqual(report.attachment_id.name, f"Report {self.job.name}.pdf")
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.client_partner)
        self.assertEqual(mail.attachment_ids.raw, PDF)
        self.assertFalse(self.job.is_report_to_send)
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        self.assertEqual(len(self._mails()), 1)
        self.assertEqual(len(self.job.job_report_ids), 1)

    def test_one_that_is_made_long_after_the_work_is_the_office_s_to_send(self):
        self.own.action_complete()
        report = self.job.job_report_id
        report.sudo().date_completed -= timedelta(days=4)
        self.env["sercom.job.report"]._cron_make()
        self.assertEqual(report.state, "current")
        self.assertFalse(self._mails())
        self.assertTrue(self.job.is_report_to_send)

    def test_not_sent_without_address_or_by_setting(self):
        self.client_partner.email = False
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        self.assertFalse(self._mails())
        self.assertTrue(self.job.is_report_to_send)
        self.client_partner.email = "marie@example.com"
        for setting, told in (("off", False), ("ask", True)):
            self.company.job_report_send = setting
            job = self._create_job()
            job.action_complete()
            self.env["sercom.job.report"]._cron_make()
            self.assertFalse(self._mails(job))
            self.assertEqual(job.is_report_to_send, told)

    def test_one_that_fails_holds_up_no_other(self):
        other = self._create_job()
        (self.job | other).action_complete()
        Report = self.env.registry["sercom.job.report"]
        make = Report._make

        def fail(report):
            if report.fsm_order_id == self.job:
                raise ValueError("No printer")
            return make(report)

        with (
            patch.object(Report, "_make", fail),
            self.assertLogs("odoo.addons.sercom_jobs.models.completion.sercom_job_report", "ERROR"),
        ):
            self.env["sercom.job.report"]._cron_make()
        self.assertEqual(self.job.job_report_id.error, "No printer")
        self.assertEqual(other.job_report_id.state, "current")
        self.assertTrue(self.job.is_report_to_send)

    def _forge(self):
        return (
            self.env["ir.attachment"]
            .with_user(self.user_technician)
            .create(
                {
                    "name": f"Report {self.job.name}.pdf",
                    "raw": b"%PDF-1.4 forged",
                    "res_model": "fsm.order",
                    "res_id": self.job.id,
                }
            )
        )

    def test_a_file_called_alike_is_not_the_report(self):
        early = self._forge()
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        report = self.job.job_report_id
        self.assertNotEqual(report.attachment_id, early)
        self.assertEqual(report.attachment_id.raw, PDF)
        self.assertEqual(self._mails().attachment_ids.raw, PDF)
        self._forge()
        printer = self.env["ir.actions.report"].with_user(self.user_dispatcher)
        printer = printer.with_context(force_report_rendering=True)
        printed = printer._render_qweb_pdf("sercom_jobs.action_report_completion", self.job.ids)[0]
        self.assertEqual(printed, PDF)
        self.assertEqual(self.job.job_report_id.attachment_id.raw, PDF)

    def test_reopening_replaces_and_keeps_it(self):
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        first = self.job.job_report_id
        self.job.with_user(self.user_dispatcher).action_reopen("Leaks")
        self.assertEqual(first.state, "replaced")
        self.assertTrue(first.attachment_id.exists())
        self.assertFalse(self.job.job_report_id)
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        second = self.job.job_report_id
        self.assertEqual(second.version, 2)
        self.assertEqual(second.attachment_id.name, f"Report {self.job.name} (2).pdf")
        self.assertNotEqual(first.attachment_id, second.attachment_id)
        self.assertEqual(len(self._mails()), 2)
        with self.assertRaisesRegex(UserError, "was sent"):
            first.unlink()

    def test_reopened_before_it_was_made_nothing_is_sent(self):
        self.own.action_complete()
        self.job.action_reopen()
        self.env["sercom.job.report"]._cron_make()
        self.assertFalse(self._mails())

    def test_sent_by_hand(self):
        self.company.job_report_send = "ask"
        with self.assertRaisesRegex(UserError, "is not done"):
            self.own.action_send_report()
        self.own.action_complete()
        action = self.own.action_send_report()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.user_technician)
            .with_context(**action["context"], force_report_rendering=True)
            .create({})
        )
        self.assertEqual(composer.attachment_ids.mapped("raw"), [PDF])
        composer.action_send_mail()
        self.assertTrue(self.job.job_report_id.date_sent)
        self.assertFalse(self.job.is_report_to_send)

    def test_made_again_by_the_office(self):
        self.own.action_complete()
        with self.assertRaises(AccessError):
            self.own.action_make_report_again()
        self.job.with_user(self.user_dispatcher).action_make_report_again()
        reports = self.job.job_report_ids.sorted("version")
        self.assertEqual(reports.mapped("state"), ["replaced", "current"])
        self.assertFalse(self._mails())

    def test_what_the_client_reads(self):
        heater = self._create_product(name="Heater X", list_price=40.0, standard_price=777.77)
        self.job._update_order_line_info(heater.id, 1)
        self.job.todo = "<p>Alarm code 1234</p>"
        self.own.action_add_photos([{"name": "Valve", "data": PIXEL}], "after")
        self.own.action_complete_on_site(
            {
                "found_note": "Rusted valve",
                "work_note": "Replaced it",
                "advice_note": "Descale",
                "signature": PIXEL,
                "signed_by": "Marie T.",
            }
        )
        html = self._html(user=self.user_technician)
        for words in (
            "Completion Report",
            "Duplex Saint-Denis",
            "Rusted valve",
            "Replaced it",
            "Descale",
            "After",
            "Valve",
            "Marie T.",
            "Water heater leaks",
        ):
            self.assertIn(words, html)
        for words in ("777.7", "Alarm code", "Prices", "40.0"):
            self.assertNotIn(words, html)
        self.company.is_job_report_priced = True
        html = self._html(user=self.user_technician)
        self.assertIn("Heater X", html)
        self.assertIn("40.00", html)
        self.assertNotIn("777.7", html)

    def test_in_the_clients_language_and_zone(self):
        self.site.tz = "America/Toronto"
        self.job.date_start = "2026-11-03 14:00:00"
        self.own.action_complete()
        html = self._html()
        self.assertIn("9:00", html)
        self.assertIn("11:00", html)

    def test_on_the_files_time_line(self):
        self.own.action_complete()
        self.env["sercom.job.report"]._cron_make()
        entries = [e for e in self.job.service_file_id.timeline if e["kind"] == "report"]
        self.assertEqual([entry["label"] for entry in entries], [f"Report {self.job.name}"])

    def test_who_reads_it(self):
        other = self._create_job()
        (self.job | other).action_complete()
        Report = self.env["sercom.job.report"].with_user(self.user_technician)
        self.assertEqual(Report.search([]).fsm_order_id, self.job)
        with self.assertRaises(AccessError):
            other.job_report_id.with_user(self.user_internal).read(["name"])
        with self.assertRaises(AccessError):
            self.job.job_report_id.with_user(self.user_dispatcher).write({"version": 9})

    def test_completing_many_costs_no_more_for_each(self):
        def make(count):
            jobs = [self._create_job(scheduled_date_start=self.start) for _n in range(count)]
            return self.env["fsm.order"].concat(*jobs).with_user(self.user_dispatcher)

        # The history of each is written, whatever a context says: one message.
        self._assert_queries_each(1, make, lambda jobs: jobs.action_complete())


@tagged("post_install", "-at_install")
class TestJobPhotos(SercomJobsCommon):
    """Several photos at once; one that is none holds up no other."""

    def test_each_by_itself(self):
        job = self._create_job(person_id=self.worker.id)
        own = job.with_user(self.user_technician)
        answer = own.action_add_photos(
            [
                {"name": "a.png", "data": PIXEL},
                {"name": "notes.txt", "data": b"bm90IGEgcGhvdG8="},
                {"name": "huge.jpg", "data": b"A" * (70 * 1024 * 1024)},
                {"name": "broken.png", "data": PIXEL[:40] + b"=" * 4},
                {"name": "b.png", "data": PIXEL},
            ],
            "before",
        )
        self.assertEqual(len(answer["photo_ids"]), 2)
        self.assertEqual(job.photo_before_ids.ids, answer["photo_ids"])
        text = "\n".join(answer["refused"])
        self.assertRegex(text, "notes.txt is not a photo")
        self.assertRegex(text, "huge.jpg is too big: 52 MB")
        self.assertIn("broken.png", text)

    def test_the_dialog(self):
        job = self._create_job(person_id=self.worker.id)
        env = job.with_user(self.user_technician).env
        files = env["ir.attachment"].create(
            [{"name": "a.png", "datas": PIXEL}, {"name": "b.txt", "raw": b"no photo"}]
        )
        dialog = env["sercom.photo.upload"].create(
            {"fsm_order_id": job.id, "moment": "after", "attachment_ids": files.ids}
        )
        action = dialog.action_add()
        self.assertIn("b.txt", action["params"]["message"])
        self.assertEqual(job.photo_after_ids.mapped("name"), ["a.png"])
        self.assertFalse(files.exists())
        other = self._create_job()
        with self.assertRaises(AccessError):
            other.with_user(self.user_technician).action_add_photos([{"data": PIXEL}])
