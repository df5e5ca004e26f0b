from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestKeptFiles(SercomJobsCommon):
    """What a job keeps as evidence is not rewritten by way of Odoo's attachments and messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(person_id=cls.worker.id)
        cls.own = cls.job.with_user(cls.user_technician)
        cls.user_office = cls._create_user("kept_office", "fieldservice.group_fsm_user")
        cls.user_manager = cls._create_user("kept_manager", "fieldservice.group_fsm_manager")

    def _attach(self, env=None, **vals):
        vals = {
            "name": "a.pdf",
            "raw": b"x",
            "res_model": "fsm.order",
            "res_id": self.job.id,
            **vals,
        }
        return (env or self.env)["ir.attachment"].create(vals)

    def _assert_kept(self, file, *users):
        for user in users:
            for change in (
                lambda own: own.write({"datas": PIXEL}),
                lambda own: own.write({"name": "else.pdf"}),
                lambda own: own.write({"res_id": self._create_job(person_id=self.worker.id).id}),
                lambda own: own.unlink(),
            ):
                with self.assertRaisesRegex(AccessError, "kept"), self.cr.savepoint():
                    change(file.with_user(user))

    def test_the_report_that_the_client_got(self):
        self.job.action_complete()
        report = self.job.job_report_id
        report.sudo().attachment_id = self._attach(raw=b"what the client got")
        users = (self.user_technician, self.user_dispatcher, self.user_manager)
        self._assert_kept(report.attachment_id, *users)
        self.assertEqual(report.attachment_id.raw, b"what the client got")

    def test_the_signature(self):
        self.own.write({"signature": PIXEL, "signed_by": "A. Tremblay"})
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "fsm.order"),
                ("res_field", "=", "signature"),
                ("res_id", "=", self.job.id),
            ]
        )
        self._assert_kept(file, self.user_technician, self.user_dispatcher)

    def test_files_on_site_are_only_added_to(self):
        self._assert_kept(self._attach(), self.user_technician)
        mine = self._attach(self.own.env)
        mine.name = "b.pdf"
        self._attach(self.own.env).unlink()
        self.job.action_complete()
        self._assert_kept(mine, self.user_technician)
        late = self._attach(self.own.env)
        self.assertEqual(late.res_id, self.job.id)
        mine.with_user(self.user_dispatcher).unlink()

    def test_who_did_what_is_not_reworded(self):
        note = self.job._message_log(body="Completed without: no access")
        for user in (self.user_technician, self.user_office):
            own = note.with_user(user)
            with self.assertRaises(AccessError), self.cr.savepoint():
                own.body = "Completed"
            with self.assertRaises(AccessError), self.cr.savepoint():
                own.unlink()
        words = "Gate code changed"
        mine = self.own.message_post(body=words, message_type="comment")
        mine = mine.with_user(self.user_technician)
        mine.body = f"{words}."


@tagged("post_install", "-at_install")
class TestKeptFilesScreen(HttpCase, SercomJobsCommon):
    """What the web client asks for when somebody opens a job with kept files fails nobody."""

    def _send_thumbnail(self, file):
        return self.make_jsonrpc_request(
            "/mail/attachment/update_thumbnail",
            {"attachment_id": file.id, "thumbnail": PIXEL.decode()},
        )

    def test_a_job_with_a_kept_report_opens_without_an_error(self):
        job = self._create_job(person_id=self.worker.id)
        job.action_complete()
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": b"%PDF-1.4 what the client got",
                    "mimetype": "application/pdf",
                    "res_model": "fsm.order",
                    "res_id": job.id,
                }
                for name in ("report.pdf", "plan.pdf")
            ]
        )
        report, plan = files
        job.job_report_id.sudo().attachment_id = report
        self.authenticate(self.user_dispatcher.login, self.user_dispatcher.login)
        self._send_thumbnail(report)
        self.assertFalse(report.thumbnail, "it is kept as it was")
        self._send_thumbnail(plan)
        self.assertTrue(plan.thumbnail)
        self.authenticate(self.user_technician.login, self.user_technician.login)
        self._send_thumbnail(plan)
        self.authenticate(None, None)
        with self.assertRaises(JsonRpcException):
            self._send_thumbnail(report)
