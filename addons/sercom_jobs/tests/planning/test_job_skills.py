from datetime import date

from odoo.tests import tagged

from .common import BoardCommon


@tagged("post_install", "-at_install")
class TestJobSkills(BoardCommon):
    def test_skills_come_from_the_services_and_stay_when_added(self):
        gas, height = self._create_skill(), self._create_skill("Height")
        self.product_hour.skill_ids = gas
        job = self._create_billable_job()
        self.assertEqual(job.skill_ids, gas)
        job.skill_ids |= height
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self.product_travel.id,
            }
        )
        self.assertEqual(job.skill_ids, gas | height)

    def test_today_is_a_date(self):
        self.assertEqual(self._board()["date_from"], date(2026, 11, 2).isoformat())
