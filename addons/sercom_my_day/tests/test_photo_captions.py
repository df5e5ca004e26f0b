from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestPhotoCaptions(ClockCommon):
    """A photo is named by what a person wrote of it, and never by its file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(datetime(2026, 11, 3, 15)))
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _make(self, kind, **vals):
        action = {"uuid": str(uuid4()), "kind": kind, "moment": "2026-11-03 14:50:00"}
        return {**action, "job_id": self.job.id, **vals}

    def _sync(self, *actions):
        return self.day.sync(list(actions))["results"]

    def _assert_done(self, results):
        self.assertEqual([result["status"] for result in results], ["done"] * len(results), results)

    def test_captions(self):
        photo = self._make("photo", image=PIXEL.decode(), name="IMG_1.jpg", caption=" Leak ")
        plain = self._make("photo", image=PIXEL.decode(), name="IMG_2.jpg")
        self._assert_done(self._sync(photo, plain))
        shown = {one["uuid"]: one for one in self.day.get_job(self.job.id)["photos"]}
        self.assertEqual(shown[photo["uuid"]]["caption"], "Leak")
        self.assertEqual(shown[plain["uuid"]]["caption"], "")
        self._assert_done(
            self._sync(
                self._make("caption", photo_uuid=plain["uuid"], caption="Plate"),
                self._make("caption", photo_id=shown[photo["uuid"]]["id"], caption=""),
            )
        )
        self.assertEqual(self.job.photo_ids.sorted("id").mapped("name"), ["", "Plate"])
        other = self._create_job()
        self._assign(other, start=self.start + timedelta(hours=4))
        refused = self._sync(
            self._make("caption", photo_uuid=plain["uuid"], caption="X", job_id=other.id)
        )[0]
        self.assertEqual(refused["status"], "refused")

    def test_report_prints_captions(self):
        self._assert_done(
            self._sync(
                self._make("photo", image=PIXEL.decode(), name="IMG_1.jpg", caption="Leak"),
                *(self._make("photo", image=PIXEL.decode(), name="IMG_2.jpg") for _i in range(8)),
            )
        )
        html = str(
            self.env["ir.actions.report"]._render_qweb_html(
                "sercom_jobs.action_report_completion", self.job.ids
            )[0]
        )
        self.assertIn("Leak", html)
        self.assertNotIn("IMG_", html)
