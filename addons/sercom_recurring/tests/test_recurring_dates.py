from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOVEMBER, RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringDates(RecurringJobsCommon):
    """On which dates visits are made, and at what time."""

    def test_visits_are_made_for_the_days_ahead(self):
        recurring = self._start_recurring()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertEqual(recurring.fsm_order_count, 4)
        visit = self._get_visit(recurring, "2026-11-03")
        self.assertRecordValues(
            visit,
            [
                {
                    "scheduled_date_start": datetime(2026, 11, 3, 13),
                    "scheduled_date_end": datetime(2026, 11, 3, 15),
                    "scheduled_duration": 2.0,
                    "partner_id": self.client_partner.id,
                    "request_early": datetime(2026, 11, 3, 5),
                    "request_late": datetime(2026, 11, 4, 4, 59, 59),
                    "is_recurrence_changed": False,
                }
            ],
        )

    def test_local_time_stays_when_clocks_change(self):
        recurring = self._start_recurring(
            date_first=date(2026, 10, 28), repeat_unit="day", tue=False, max_orders=6
        )
        starts = recurring.fsm_order_ids.sorted("recurrence_date").mapped("scheduled_date_start")
        # Sunday 1 November clocks go back: 8:00 is 12:00 UTC, then 13:00.
        self.assertEqual([start.hour for start in starts], [12, 12, 12, 12, 13, 13])

    def test_zone_is_the_sites_or_else_the_companys(self):
        self.company.partner_id.tz = "America/Vancouver"
        recurring = self._create_recurring()
        self.assertEqual(recurring.tz, "America/Toronto")
        self.site.tz = False
        self.assertEqual(recurring.tz, "America/Vancouver")
        recurring.write({"date_first": date(2026, 11, 4), "start_hour": 9.5})
        self.assertEqual(recurring.start_date, datetime(2026, 11, 4, 17, 30))

    def test_making_twice_makes_nothing_twice(self):
        recurring = self._start_recurring()
        recurring._generate_orders()
        self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        with freeze_time("2026-11-05 15:00:00"):
            self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual(self._get_days(recurring), [*NOVEMBER, "2026-12-01"])

    def test_moved_cancelled_and_deleted_visits_are_not_made_again(self):
        recurring = self._start_recurring()
        moved, cancelled, deleted, _last = recurring.fsm_order_ids.sorted("recurrence_date")
        moved.scheduled_date_start += timedelta(days=2)
        cancelled.action_cancel()
        deleted.unlink()
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), ["2026-11-03", "2026-11-24"])
        self.assertTrue(moved.is_recurrence_changed)
        self.assertEqual(recurring.skip_ids.mapped("date"), [date(2026, 11, 17)])
        self.assertEqual(recurring.fsm_order_count, 2)

    def test_skipped_dates_have_no_visit(self):
        recurring = self._start_recurring(
            skip_ids=[Command.create({"date": date(2026, 11, 10), "reason": "Closed"})]
        )
        self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])
        self.assertIn("skipped: Closed", recurring.next_visits)

    def test_past_dates_are_not_made_on_starting(self):
        recurring = self._start_recurring(date_first=date(2026, 9, 1))
        self.assertEqual(self._get_days(recurring), ["2026-10-27", *NOVEMBER])

    def test_visits_missed_by_a_stopped_server_are_made(self):
        recurring = self._start_recurring()
        with freeze_time("2026-12-16 15:00:00"):
            recurring._generate_orders()
        self.assertIn("2026-12-01", self._get_days(recurring))

    def test_last_day_and_number_of_visits(self):
        recurring = self._start_recurring(date_last=date(2026, 11, 17))
        self.assertEqual(self._get_days(recurring), NOVEMBER[:3])
        counted = self._start_recurring(max_orders=2)
        counted.fsm_order_ids[:1].action_cancel()
        counted._generate_orders()
        self.assertEqual(counted.fsm_order_count, 2)
        self.env["fsm.recurring"]._cron_scheduled_task()
        self.assertEqual((recurring | counted).mapped("state"), ["progress", "progress"])
        counted.fsm_order_ids.filtered(lambda job: not job.is_closed).action_complete()
        with freeze_time("2026-11-18 15:00:00"):
            self.env["fsm.recurring"]._cron_manage_expiration()
        self.assertEqual((recurring | counted).mapped("state"), ["close", "close"])

    def test_seasonal_visits(self):
        recurring = self._start_recurring(
            date_first=date(2026, 10, 31), repeat_unit="year", apr=True, oct=True, schedule_days=400
        )
        self.assertEqual(self._get_days(recurring), ["2026-10-31", "2027-04-30", "2027-10-31"])
        label = recurring.with_context(lang="en_US").frequency_label
        self.assertEqual(label, "Every year, last day of the month, in April, October at 08:00")

    def test_frequency_set_tells_the_dates(self):
        rule = self.env["fsm.frequency"].create(
            {"name": "Fridays", "interval_type": "weekly", "use_byweekday": True, "fr": True}
        )
        frequencies = self.env["fsm.frequency.set"].create(
            {"name": "Fridays", "schedule_days": 14, "fsm_frequency_ids": [Command.link(rule.id)]}
        )
        recurring = self._start_recurring(fsm_frequency_set_id=frequencies.id)
        self.assertEqual(self._get_days(recurring), ["2026-11-06"])

    def test_jobs_of_before_hold_their_date(self):
        recurring = self._create_recurring()
        self._create_job(
            fsm_recurring_id=recurring.id, scheduled_date_start=datetime(2026, 11, 11, 1)
        )  # 10 November, 20:00 on the site
        recurring.action_start()
        self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])

    def test_template_keeps_the_duration(self):
        kind = self.env["fsm.order.type"].create({"name": "Maintenance"})
        template = self.env["fsm.template"].create(
            {"name": "Boiler", "duration": 1.0, "type_id": kind.id, "instructions": "<p>Drain</p>"}
        )
        recurring = self._start_recurring(fsm_order_template_id=template.id, scheduled_duration=6.0)
        visit = recurring.fsm_order_ids[0]
        self.assertEqual((visit.scheduled_duration, visit.type), (6.0, kind))
        self.assertIn("Drain", visit.todo)

    def test_recurring_template_takes_no_company_or_duration_away(self):
        recurring = self._start_recurring()
        recurring.fsm_recurring_template_id = self.env["fsm.recurring.template"].create(
            {"name": "Boilers", "max_orders": 4}
        )
        recurring.onchange_recurring_template_id()
        self.assertEqual(recurring.company_id, self.company)
        self.assertEqual((recurring.scheduled_duration, recurring.max_orders), (2.0, 4))
