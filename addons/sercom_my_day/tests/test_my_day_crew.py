from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .phone import PhoneCase


@tagged("post_install", "-at_install")
class TestMyDayCrew(PhoneCase):
    """The phone of who leads a crew, in a browser."""

    def test_leader_clocks_the_crew(self):
        self.anne.tz = self.zone
        self._assign(employee=self.anne, start=self.block.date_start)
        self.block.is_leader = True
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap(f"[data-person='{self.anne.id}']")
            phone.see("[data-punch=job]", "Clock in (2 people)")
            self.assertEqual(phone.get_small_targets(), [])
            phone.tap("[data-punch=job]")
            phone.see("[data-punch=job]", "Clock out (2 people)")
            phone.wait_until_sent()
        self.env.invalidate_all()
        entries = (self.employee | self.anne).attendance_ids
        self.assertEqual(entries.mapped("fsm_order_id"), self.job)
        self.assertEqual(len(entries), 2)

    def test_leader_arrives(self):
        """Who leads a crew clocks in where the road ends, as anybody else."""
        self._assign(employee=self.anne, start=self.block.date_start)
        self.block.is_leader = True
        start = fields.Datetime.now() - timedelta(minutes=20)
        road = self._clock(start, False, job=self.job, work_type="travel")
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see(".screen-job", "on the road")
            phone.see("[data-punch=job]", "Clock in")
            phone.tap("[data-punch=job]")
            phone.see("[data-punch=job]", "Clock out")
            phone.wait_until_sent()
        self.env.invalidate_all()
        self.assertTrue(road.check_out)
        self.assertEqual(
            self.employee.attendance_ids.sorted("check_in").mapped("work_type"),
            ["travel", "work"],
        )
