from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringPerformance(RecurringJobsCommon):
    """What one more visit costs, whatever their number."""

    def _count_queries(self, count, first, **vals):
        """Queries of making ``count`` visits of a new recurring job, a week apart."""
        recurring = self._create_recurring(**{"person_id": self.worker.id, **vals})
        recurring.state = "progress"
        occurrences = [
            (day, datetime(day.year, day.month, day.day, 13))
            for day in (first + timedelta(weeks=week) for week in range(count))
        ]
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        made = recurring._make_visits(occurrences)
        self.env.cr.flush()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(made), count)
        return queries

    def _assert_queries_of_a_visit(self, each, lines=1, **vals):
        """A visit costs ``each`` queries, and what Odoo asks at each of its order lines."""
        each += lines * self._get_hour_queries()
        self.assertEqual(self._get_queries_of_a_visit(**vals), each)

    def _get_queries_of_a_visit(self, **vals):
        self._count_queries(2, date(2030, 1, 8), **vals)  # fills the caches
        few = self._count_queries(8, date(2031, 1, 7), **vals)
        many = self._count_queries(16, date(2033, 1, 4), **vals)
        return (many - few) / 8

    def test_visits_of_a_worker(self):
        self._assert_queries_of_a_visit(0)

    def test_visits_of_a_crew_with_two_lines(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        self._assert_queries_of_a_visit(
            0,
            2,
            person_ids=[Command.set(other._get_fsm_persons()[other].ids)],
            line_ids=[self._line(self.product_visit), self._line(self.product_travel)],
        )

    def test_visits_of_nobody(self):
        self._assert_queries_of_a_visit(0, person_id=False)

    def test_visits_billed_by_period(self):
        self._assert_queries_of_a_visit(0, billing_mode="period", billing_period="year")

    def test_visits_of_a_fixed_price(self):
        self._assert_queries_of_a_visit(0, 0, billing_mode="fixed", billing_period="year")

    def test_confirmed_visits(self):
        # Odoo asks of each event whether its organizer is there.
        self._assert_queries_of_a_visit(1, confirm_visits=True)
