from datetime import date

from odoo import Command

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon

NOVEMBER = ["2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24"]


class RecurringJobsCommon(SercomJobsCommon):
    """Recurring jobs at a site in Montréal; tests set the clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site.tz = "America/Toronto"
        cls.product_visit = cls._create_product(
            name="Maintenance visit",
            type="service",
            field_service_tracking="sale",
            invoice_policy="delivery",
            list_price=120.0,
        )

    @classmethod
    def _create_recurring(cls, **vals):
        """Make a recurring job: every Tuesday at 8:00 from 3 November 2026, for two hours."""
        return cls.env["fsm.recurring"].create(
            {
                "location_id": cls.site.id,
                "date_first": date(2026, 11, 3),
                "start_hour": 8.0,
                "scheduled_duration": 2.0,
                "tue": True,
                "line_ids": [Command.create({"product_id": cls.product_visit.id})],
                **vals,
            }
        )

    @classmethod
    def _start_recurring(cls, **vals):
        recurring = cls._create_recurring(**vals)
        recurring.action_start()
        return recurring

    def _get_days(self, recurring):
        """Dates that the live visits were made for, in words."""
        visits = recurring.fsm_order_ids.filtered(lambda job: job.state != "cancelled")
        return [str(day) for day in sorted(filter(None, visits.mapped("recurrence_date")))]

    def _get_visit(self, recurring, day):
        return recurring.fsm_order_ids.filtered(
            lambda job: str(job.recurrence_date) == day and not job.is_recurrence_released
        )
