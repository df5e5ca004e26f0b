from datetime import timedelta
from uuid import uuid4

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDayParts(ClockCommon):
    """What the phone shows of parts, and sends about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _use(self, job, quantity):
        action = {
            "uuid": str(uuid4()),
            "kind": "part",
            "job_id": job.id,
            "product_id": self.product_part.id,
            "quantity": quantity,
        }
        return self.day.sync([action])["results"][0]

    def test_parts_of_the_job_without_price_and_cost(self):
        self.product_part.standard_price = 12345.0
        self.product_part.list_price = 54321.0
        self.job.sale_line_ids.price_unit = 54321.0
        job = self.day.get_job(self.job.id)
        self.assertEqual(
            [(part["name"], part["quantity"]) for part in job["parts"]], [("Valve", 2.0)]
        )
        answer = repr((job, self.day.find_parts(self.job.id, "Valve")))
        for word in ("12345", "54321", "price", "cost", "margin", "amount"):
            self.assertNotIn(word, answer)

    def test_queries_do_not_grow(self):
        jobs = self.job
        for number in range(4):
            job = self._create_billable_job(location_id=self._create_site(name=f"S{number}").id)
            self._assign(job, start=self.start + timedelta(days=number + 1))
            jobs |= job
        counts = [self._count_queries(some.ids) for some in (jobs[:1], jobs)]
        self.assertEqual(counts[0], counts[1])

    def _count_queries(self, ids):
        self.day.get_jobs(ids)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.day.get_jobs(ids)
        return self.env.cr.sql_log_count - before

    def test_part_used(self):
        result = self._use(self.job, 3.0)
        self.assertEqual(result["status"], "done", result)
        line = self.job.part_line_ids
        self.assertEqual((line.product_uom_qty, line.qty_delivered), (3.0, 3.0))

    def test_part_of_somebody_elses_job(self):
        other = self._create_job()
        self._assign(other, self.anne)
        self.assertEqual(self._use(other, 1.0)["status"], "refused")
        with self.assertRaises(AccessError):
            self.day.find_parts(other.id)
