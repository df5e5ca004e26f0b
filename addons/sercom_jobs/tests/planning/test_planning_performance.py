from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
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
        # In the evening, so that two have the warning that twelve on a day would have.
        start = self.start + timedelta(weeks=self.day, hours=10)
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

    def _confirmed_of_many(self, count):
        """Confirmed assignments, each of another person."""
        people = self.env["hr.employee"].create(
            [{"name": f"Person {number}", "tz": "America/Toronto"} for number in range(count)]
        )
        blocks = self.env["sercom.assignment"].create(
            [
                {**vals, "employee_id": person.id}
                for vals, person in zip(self._prepare(count), people, strict=True)
            ]
        )
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

    def test_confirming(self):
        # Odoo's calendar asks of each event whether its organizer is there.
        self._assert_queries_each(1, self._blocks, lambda blocks: blocks.action_confirm())

    def test_meetings_of_plain_odoo(self):
        # Odoo's calendar mails each invitation on its own.
        def prepare(count):
            guest = self.employee.work_contact_id
            return [
                {
                    "name": "Meeting",
                    "start": vals["date_start"],
                    "stop": vals["date_end"],
                    "partner_ids": [Command.set(guest.ids)],
                }
                for vals in self._prepare(count)
            ]

        self._blocks(1).action_confirm()  # which makes the contact
        self._assert_queries_each(14, prepare, self.env["calendar.event"].create)

    def test_moving_what_is_confirmed(self):
        self._assert_queries_each(0, self._confirmed, self._move)

    def test_cancelling(self):
        self._assert_queries_each(0, self._confirmed, lambda blocks: blocks.action_cancel())

    def test_deleting(self):
        self._assert_queries_each(0, self._confirmed, lambda blocks: blocks.unlink())

    # Of somebody else each: who gets the message.

    def test_moving_what_people_do(self):
        self._assert_queries_each(0, self._confirmed_of_many, self._move)

    def test_cancelling_what_people_do(self):
        self._assert_queries_each(0, self._confirmed_of_many, lambda blocks: blocks.action_cancel())
