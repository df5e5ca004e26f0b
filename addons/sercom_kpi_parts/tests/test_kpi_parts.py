from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_parts.tests.common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestKpiParts(SercomPartsCommon):
    """The figures have the job's own cost of parts and purchases, at every step."""

    def _assert_cost(self, job, expected=None):
        self.env.invalidate_all()
        if expected is not None:
            self.assertAlmostEqual(job.purchase_cost, expected)
        total = self.env["sercom.kpi.report"]._read_group(
            [("fsm_order_id", "=", job.id)], [], ["parts_cost:sum", "margin:sum"]
        )[0]
        self.assertAlmostEqual(total[0] or 0.0, job.purchase_cost)
        self.assertAlmostEqual(total[1] or 0.0, -job.purchase_cost)

    def test_bought_received_and_billed(self):
        job = self._create_part_job(2)
        self._order(job)
        self._assert_cost(job, 0.0)
        self._receive(job.purchase_order_ids)
        self._assert_cost(job, 22.0)
        bill = self._bill_purchase(job.purchase_order_ids, 12.5)
        self._assert_cost(job, 25.0)
        refund = bill._reverse_moves()
        refund.invoice_date = "2026-11-06"
        refund.action_post()
        self._assert_cost(job)

    def test_from_stock_and_bought_each_part_once(self):
        self._put(1)
        job = self._create_part_job(3)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self._deliver(job)
        self._assert_cost(job)

    def test_from_the_shelf(self):
        self._put(3)
        job = self._create_part_job(2)
        self._add_part(job, 1, self._create_product(name="Tape", standard_price=4.0))
        self._deliver(job)
        self._assert_cost(job, 24.0)

    def test_in_another_currency(self):
        self._price_in_euros({"2026-01-01": 0.5, "2026-11-05": 0.25})
        job = self._create_part_job(1)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self._assert_cost(job, 22.0)
        self._bill_purchase(job.purchase_order_ids, 11.0)
        self._assert_cost(job, 44.0)

    def test_cancelled_job_keeps_its_cost(self):
        job = self._create_part_job(1)
        self._order(job)
        self._receive(job.purchase_order_ids)
        job.action_cancel()
        self._assert_cost(job, 11.0)

    def _assert_certified(self, cost):
        self.env.flush_all()
        lines = {
            line["measure"]: line
            for line in self.env["sercom.kpi.check"]._compare(self.company, date(2026, 11, 15))
        }
        for measure in ("parts_cost", "margin", "amount_to_invoice"):
            line = lines[measure]
            self.assertEqual((line["difference"], line["record_ids"]), (0.0, []), line)
        self.assertAlmostEqual(lines["parts_cost"]["recounted"], cost)
        self.assertAlmostEqual(lines["parts_cost"]["reported"], cost)

    def test_the_certificate_recounts_parts_at_every_step(self):
        job = self._create_part_job(2)
        self._order(job)
        self._assert_certified(0.0)
        self._receive(job.purchase_order_ids)
        self._assert_certified(22.0)
        self._bill_purchase(job.purchase_order_ids, 12.5)
        self._assert_certified(25.0)
        self._put(1)
        other = self._create_part_job(3)
        self._order(other)
        self._receive(other.purchase_order_ids)
        self._deliver(other)
        self.env.invalidate_all()
        self._assert_certified(25.0 + other.purchase_cost)

    def test_the_certificate_names_the_job_whose_parts_differ(self):
        job = self._create_part_job(2)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self.env.flush_all()
        check = self.env["sercom.kpi.check"]
        month = (self.company, date(2026, 11, 1), date(2026, 12, 1))
        with patch.object(type(check), "_find_received", lambda *args: []):
            lines = {line["measure"]: line for line in check._compare(month[0], month[1])}
        self.assertEqual(lines["parts_cost"]["difference"], 22.0)
        self.assertEqual(lines["parts_cost"]["record_ids"], job.ids)
        self.assertEqual(lines["margin"]["record_ids"], job.ids)

    def test_one_query(self):
        self.env["sercom.kpi.report"]._read_group([], ["product_id"], ["parts_cost:sum"])
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["sercom.kpi.report"]._read_group([], ["product_id"], ["parts_cost:sum"])
