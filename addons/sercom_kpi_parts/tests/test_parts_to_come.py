from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_parts.tests.common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestPartsToCome(SercomPartsCommon):
    """Margin at completion has each part once: to come, or in the job's costs."""

    def test_bought_parts_are_no_longer_to_come(self):
        job = self._create_part_job(3)
        cost = self.part.standard_price
        self.assertTrue(cost)
        self.assertAlmostEqual(job._get_parts_to_come()[job], 3 * cost)
        self._order(job)
        self._receive(job.purchase_order_ids)
        self.env.invalidate_all()
        self.assertAlmostEqual(job._get_parts_to_come()[job], 0.0)
        before = job.completion_margin_low
        self._deliver(job)
        self.env.invalidate_all()
        self.assertAlmostEqual(job._get_parts_to_come()[job], 0.0)
        self.assertAlmostEqual(job.completion_margin_low, before)
