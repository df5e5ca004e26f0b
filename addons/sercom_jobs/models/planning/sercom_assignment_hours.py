from datetime import timedelta

from odoo import models

from ...tools.work_time.work_time import to_epoch
from .sercom_assignment import MAX_DAYS

# A meal is due after five hours of work in a row (Québec, Act respecting labour standards, 79).
MEAL_AFTER = timedelta(hours=5)

LONGEST = timedelta(days=MAX_DAYS)  # a longer block is a mistake, and refused


class SercomAssignment(models.Model):
    """The hours of a long block leave out the pauses, and the nights, of the person's schedule."""

    _inherit = "sercom.assignment"

    def _get_block_hours(self):
        hours = super()._get_block_hours()
        long = self.filtered(
            lambda block: (
                block.employee_id
                and hours[block]
                and MEAL_AFTER < block.date_end - block.date_start <= LONGEST
            )
        )
        if not long:
            return hours
        scheduler = self.env["sercom.scheduler"].sudo()  # sudo: working hours of a colleague
        people = scheduler._load_people(set(long.employee_id.ids))
        day = timedelta(days=1)
        scheduler._load_work_times(
            people,
            min(long.mapped("date_start")).date() - day,
            max(long.mapped("date_end")).date() + 2 * day,
        )
        for block in long:
            start, end = to_epoch(block.date_start), to_epoch(block.date_end)
            booked = people[block.employee_id._origin.id].work.get_booked(start, end, 0.0)
            hours[block] = sum(booked.values()) or hours[block]
        return hours
