from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..common import ClockCommon

KINDS = st.sampled_from(["start", "start", "start", "end", "break"])
# When it happened (minutes), what it is, which job or travel, and when it arrives.
PUNCHES = st.lists(
    st.tuples(
        st.integers(0, 3000), KINDS, st.sampled_from([0, 1, "travel", "other"]), st.integers(0, 600)
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda punch: punch[0],
)
NOW = datetime(2026, 11, 5, 20)


@tagged("post_install", "-at_install")
class TestClockProperty(ClockCommon):
    """Whatever is punched, late or in order, hours never overlap and add up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls.job | cls.env["fsm.order"].create([{"location_id": cls.site.id}] * 5)
        cls.clock = cls.env["hr.attendance"]

    def _punch(self, moment, kind, task, number):
        job = self.jobs[task] if isinstance(task, int) else None
        try:
            with self.env.cr.savepoint():
                self.clock.punch(
                    kind,
                    job.id if job and kind == "start" else None,
                    work_type=task if isinstance(task, str) else "work",
                    employee_ids=self.employee.ids,
                    punch={"moment": str(moment), "uuid": str(number)},
                )
            return True
        except UserError as error:
            self.assertIn("not clocked in", str(error))
            return False

    def _get_entries(self):
        return self.clock.search([("employee_id", "=", self.employee.id)], order="check_in, id")

    def _work(self, punches, is_late):
        """Take the punches of a day, and answer the entries."""
        start = NOW - timedelta(minutes=3600)
        order = sorted(punches, key=lambda punch: punch[0] + (punch[3] if is_late else 0))
        with freeze_time(NOW):
            for number, (minute, kind, task, _delay) in enumerate(order):
                self._punch(start + timedelta(minutes=minute), kind, task, number)
        return self._get_entries()

    def _check(self, entries):
        for first, second in zip(entries, entries[1:], strict=False):
            self.assertTrue(first.check_out, "only the last entry is open")
            self.assertLessEqual(first.check_out, second.check_in)
        for entry in entries:
            self.assertGreaterEqual(entry.clock_hours, 0)
            if entry.check_out:
                raw = (entry.check_out - entry.check_in).total_seconds() / 3600
                self.assertAlmostEqual(entry.clock_hours, raw, 9)
                counted = sum(entry.timesheet_ids.mapped("unit_amount"))
                expected = raw if entry.fsm_order_id and not entry.review_reason else 0.0
                self.assertAlmostEqual(counted, expected, 9)
        worked = sum(self.jobs.mapped("worked_hours")) + sum(self.jobs.mapped("travel_hours"))
        on_jobs = entries.filtered(lambda entry: entry.fsm_order_id and not entry.review_reason)
        self.assertAlmostEqual(worked, sum(on_jobs.mapped("clock_hours")), 6)

    @mute_logger("odoo.sql_db")
    def test_random_punches(self):
        @settings(
            max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(PUNCHES, st.booleans())
        def punch(punches, is_late):
            savepoint = self.env.cr.savepoint()
            try:
                self._check(self._work(punches, is_late))
            finally:
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()
                self.env.clear()

        punch()

    def test_starts_in_any_order_give_the_same_day(self):
        @settings(
            max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(PUNCHES)
        def punch(punches):
            punches = [(punch[0], "start", 0, punch[3]) for punch in punches]
            # A start on the job that goes on anyway is the same tap: here each has its own.
            punches = [
                (minute, kind, number, delay)
                for number, (minute, kind, _task, delay) in enumerate(sorted(punches))
            ]
            days = []
            for is_late in (False, True):
                savepoint = self.env.cr.savepoint()
                entries = self._work(punches, is_late)
                days.append([(e.check_in, e.check_out, e.fsm_order_id.id) for e in entries])
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()
                self.env.clear()
            self.assertEqual(*days)

        punch()
