from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon


class HistoryCommon(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    @classmethod
    def _do_job(cls, days_ago, **vals):
        """A job that Anne did some days before, at the same site."""
        job = cls._create_job(**vals)
        start = cls.start - timedelta(days=days_ago)
        cls._assign(job, cls.anne, start=start)
        job.write({"found_note": "Rust", "work_note": "Valve changed"})
        with freeze_time(start + timedelta(hours=3)):
            job.action_complete()
        return job

    @classmethod
    def _take_photo(cls, job, name="Valve"):
        return cls.env["sercom.photo"].create(
            {"name": name, "image_1920": PIXEL, "fsm_order_id": job.id, "moment": "before"}
        )


@tagged("post_install", "-at_install")
class TestSiteHistory(HistoryCommon):
    """The job brings what is known of its site, and of no other one."""

    def test_last_visits(self):
        old = self._do_job(200)
        old.service_file_id.subject = "Leak"
        new = self._do_job(10)
        self._do_job(5, location_id=self._create_site(name="Elsewhere").id)
        self._take_photo(old)
        self._take_photo(old, "IMG_1.jpg")
        job = self.day.get_job(self.job.id)
        self.assertEqual([visit["id"] for visit in job["history"]], [new.id, old.id])
        visit = job["history"][1]
        self.assertEqual(
            (visit["date"], visit["subject"], visit["people"]), ("2026-04-17", "Leak", "Anne Roy")
        )
        self.assertEqual((visit["found_note"], visit["work_note"]), ("Rust", "Valve changed"))
        self.assertEqual([photo["caption"] for photo in visit["photos"]], ["Valve", ""])
        self.assertFalse(job["equipment"])

    def test_the_last_five(self):
        jobs = [self._do_job(10 * number + 10) for number in range(7)]
        history = self.day.get_job(self.job.id)["history"]
        self.assertEqual([visit["id"] for visit in history], [job.id for job in jobs[:5]])

    def test_cancelled_and_open_jobs_are_none(self):
        self._create_job().action_cancel()
        self._assign(self._create_job(), self.anne)
        self.assertFalse(self.day.get_job(self.job.id)["history"])

    def test_equipment(self):
        Equipment = self.env["fsm.equipment"]
        Equipment.create(
            {
                "name": "Water heater 60 gal.",
                "location_id": self.site.id,
                "serial_number": "SN-1",
                "date_installed": "2024-05-01",
                "date_warranty_end": "2030-05-01",
                "notes": "<p>Gas</p>",
            }
        )
        Equipment.create({"name": "Pump", "location_id": self._create_site(name="Elsewhere").id})
        (piece,) = self.day.get_job(self.job.id)["equipment"]
        self.assertEqual(
            (piece["serial"], piece["installed_on"], piece["warranty_until"], piece["note"]),
            ("SN-1", "2024-05-01", "2030-05-01", "Gas"),
        )

    def test_no_price_and_no_cost(self):
        job = self._do_job(10)
        job.sale_line_ids.price_unit = 54321.0
        answer = repr(self.day.get_job(self.job.id)["history"])
        for word in ("54321", "price", "cost", "margin", "amount", job.partner_id.name):
            self.assertNotIn(word, answer)

    def test_queries_do_not_grow(self):
        self._take_photo(self._do_job(10))
        few = self._count_queries()
        for number in range(4):
            self._take_photo(self._do_job(20 + number))
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self.day.get_job(self.job.id)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.day.get_job(self.job.id)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestSitePhotos(HistoryCommon, HttpCase):
    """Photos of earlier visits show to who goes to the site, and to nobody else."""

    def _get_status(self, photo):
        return self.url_open(f"/my-day/photo/{photo.id}/image_128").status_code

    def test_photos_of_the_site(self):
        here = self._take_photo(self._do_job(10))
        elsewhere = self._take_photo(
            self._do_job(10, location_id=self._create_site(name="Elsewhere").id)
        )
        self.authenticate("sercom_technician", "sercom_technician")
        self.assertEqual(self._get_status(here), 200)
        self.assertEqual(self._get_status(elsewhere), 404)

    def test_not_for_strangers(self):
        here = self._take_photo(self._do_job(10))
        self._create_user("other_technician", "fieldservice.group_fsm_user_own")
        self.authenticate("other_technician", "other_technician")
        self.assertEqual(self._get_status(here), 404)
        self.logout()
        self.assertNotIn(b"PNG", self.url_open(f"/my-day/photo/{here.id}/image_128").content)
