from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestPlanningPerformance(SercomJobsCommon):
    """What one assignment more costs: the number of queries, of each operation on many at once."""

    def _prepare(self, count):
        """Values of assignments an hour each, of as many jobs, on a day of their own."""
        self.day = getattr(self, "day", 0) + 1
        jobs = self.env["fsm.order"].create([{"location_id": self.site.id}] * count)
        start = self.start + timedelta(weeks=self.day)
        return [
            {
                "fsm_order_id": job.id,
                "employee_id": self.employee.id,
                "date_start": start + timedelta(hours=number),
                "date_end": start + timedelta(hours=number + 1),
            }
            for number, job in enumerate(jobs)
        ]

    def _blocks(self, count):
        return self.env["sercom.assignment"].create(self._prepare(count))

    def _confirmed(self, count):
        blocks = self._blocks(count)
        blocks.action_confirm()
        return blocks

    def _move(self, blocks):
        blocks.move_blocks(
            {
                block.id: {
                    "date_start": block.date_start + timedelta(days=1),
                    "date_end": block.date_end + timedelta(days=1),
                }
                for block in blocks
            }
        )

    def test_booking(self):
        self._assert_queries_each(0, self._prepare, self.env["sercom.assignment"].create)

    def test_moving(self):
        self._assert_queries_each(0, self._blocks, self._move)

    # What follows goes into Odoo's calendar, which invites, warns and alarms event by event.

    def test_confirming(self):
        self._assert_queries_each(14, self._blocks, lambda blocks: blocks.action_confirm())

    def test_moving_what_is_confirmed(self):
        self._assert_queries_each(23, self._confirmed, self._move)

    def test_cancelling(self):
        self._assert_queries_each(7, self._confirmed, lambda blocks: blocks.action_cancel())

    def test_deleting(self):
        self._assert_queries_each(7, self._confirmed, lambda blocks: blocks.unlink())
