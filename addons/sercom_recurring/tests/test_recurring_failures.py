from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import NOVEMBER, RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringFailures(RecurringJobsCommon):
    """Visits that cannot be made or planned, and the people of those that can."""

    def _fail_on(self, *days):
        """Make the visits of these dates fail."""
        Recurring = type(self.env["fsm.recurring"])
        create_visits = Recurring._create_visits

        def fail(recurring, occurrences):
            if failing := [str(day) for day, _start in occurrences if str(day) in days]:
                reason = f"no luck on {failing[0]}"
                raise ValidationError(reason)
            return create_visits(recurring, occurrences)

        return patch.object(Recurring, "_create_visits", fail)

    def test_one_failing_visit_does_not_stop_the_rest(self):
        with self._fail_on("2026-11-10"):
            recurring = self._start_recurring()
            self.assertEqual(self._get_days(recurring), [NOVEMBER[0], *NOVEMBER[2:]])
            self.assertEqual(len(recurring.activity_ids), 1)
            self.assertIn("no luck on 2026-11-10", recurring.activity_ids.note)
            self.assertIn("11/10/2026", recurring.visit_failure_text)
            messages = recurring.message_ids.filtered(lambda m: "no luck" in m.body)
            self.assertEqual(len(messages), 1)
            recurring._generate_orders()
            self.assertEqual(len(recurring.activity_ids), 1)
            self.assertEqual(
                recurring.message_ids.filtered(lambda m: "no luck" in m.body), messages
            )
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        self.assertFalse(recurring.activity_ids)
        self.assertFalse(recurring.visit_failures)

    def test_one_failing_recurring_job_does_not_stop_the_others(self):
        first, other = self._create_recurring(), self._create_recurring()
        (first | other).write({"state": "progress", "generate_from": date(2026, 11, 1)})
        with self._fail_on(*NOVEMBER):
            first._generate_orders()
        self.env["fsm.recurring"]._cron_generate_orders()
        self.assertEqual(self._get_days(other), NOVEMBER)

    def test_cron_commits_in_batches_and_goes_on_after_a_busy_one(self):
        first, other = self._create_recurring(), self._create_recurring()
        (first | other).write({"state": "progress", "generate_from": date(2026, 11, 1)})
        Recurring = type(first)
        generate = Recurring._generate_orders

        def busy(recurring):
            if first in recurring:
                raise SerializationFailure("busy")
            return generate(recurring)

        cron = self.env.ref("fieldservice_recurring.recurring_orders_cron")
        with self.enter_registry_test_mode(), patch.object(Recurring, "_generate_orders", busy):
            cron.method_direct_trigger()
        self.assertEqual(self._get_days(first), [])
        self.assertEqual(self._get_days(other), NOVEMBER)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._get_days(first), NOVEMBER)

    def test_visit_on_a_closed_day_is_made_and_left_to_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Jour férié",
                "date_from": datetime(2026, 11, 10, 5),
                "date_to": datetime(2026, 11, 11, 5),
                "company_id": self.company.id,
            }
        )
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.scheduled_date_start)
        self.assertIn("Jour férié", visit.activity_ids.note)

    def test_visit_during_somebodys_time_off_is_left_to_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Vacances",
                "date_from": datetime(2026, 11, 10, 5),
                "date_to": datetime(2026, 11, 11, 5),
                "resource_id": self.employee.resource_id.id,
                "calendar_id": False,
            }
        )
        recurring = self._start_recurring(person_id=self.worker.id)
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.person_id)
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 10, 13))
        self.assertIn("Luc Gagnon", visit.activity_ids.note)
        self.assertEqual((recurring.fsm_order_ids - visit).person_id, self.worker)

    # People

    def test_visits_get_their_people(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        mate = other._get_fsm_persons()[other]
        recurring = self._start_recurring(person_id=self.worker.id, person_ids=[mate.id])
        for visit in recurring.fsm_order_ids:
            self.assertEqual(visit.person_id | visit.person_ids, self.worker | mate)
            self.assertEqual(visit.assignment_ids.employee_id, self.employee | other)
            self.assertEqual(visit.assignment_ids.mapped("state"), ["draft", "draft"])
            self.assertFalse(visit.is_recurrence_changed)

    def test_conflict_leaves_the_visit_to_plan_and_tells_the_dispatcher(self):
        self._create_job(
            person_id=self.worker.id,
            scheduled_date_start=datetime(2026, 11, 10, 14),
            scheduled_duration=1.0,
        )
        recurring = self._start_recurring(person_id=self.worker.id, user_id=self.user_dispatcher.id)
        self.assertEqual(self._get_days(recurring), NOVEMBER)
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.person_id | visit.person_ids)
        self.assertFalse(visit.assignment_ids)
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 10, 13))
        activity = visit.activity_ids
        self.assertEqual(activity.user_id, self.user_dispatcher)
        for words in (visit.name, "Luc Gagnon", "already planned"):
            self.assertIn(words, activity.note)
        others = recurring.fsm_order_ids - visit
        self.assertEqual(others.person_id, self.worker)
        self.assertFalse(others.activity_ids)

    def test_confirmed_visits_are_in_the_calendar_once(self):
        recurring = self._start_recurring(
            person_id=self.worker.id, confirm_visits=True, date_last=date(2026, 11, 10)
        )
        events = self.env["calendar.event"].search(
            [("fsm_order_id", "in", recurring.fsm_order_ids.ids)]
        )
        self.assertEqual(len(events), 2)
        self.assertEqual(
            set(events.mapped("start")), {datetime(2026, 11, 3, 13), datetime(2026, 11, 10, 13)}
        )
        self.assertEqual(set(recurring.fsm_order_ids.mapped("state")), {"planned"})
