from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestClockPerformance(ClockCommon):
    """What one person more costs on the clock of a job: the number of queries."""

    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time(self.start + 2 * HOUR))

    def _people(self, count):
        return self.env["hr.employee"].create(
            [{"name": f"Person {number}", "tz": "America/Toronto"} for number in range(count)]
        )

    def _at_work(self, count):
        people = self._people(count)
        self._clock_in(people)
        return people

    def _clock_in(self, people):
        self._job_on_screen().action_clock_in(people.ids, punch=self._at(self.start))

    def _job_on_screen(self):
        """The job as a browser asks for it: Odoo need not read the user's time zone."""
        return self.job.with_context(tz="America/Toronto")

    def _clock_out(self, people):
        self._job_on_screen().action_clock_out(people.ids, punch=self._at(self.start + HOUR))

    def test_clocking_in(self):
        # The person's last entry.
        self._assert_queries_each(1, self._people, self._clock_in)

    def test_clocking_out(self):
        # Odoo: the breaks of the person's calendar.
        self._assert_queries_each(1, self._at_work, self._clock_out)

    def test_ending_plain_attendances(self):
        def make(count):
            people = self._people(count)
            return self.env["hr.attendance"].create(
                [{"employee_id": person.id, "check_in": self.start} for person in people]
            )

        self._assert_queries_each(
            1, make, lambda entries: entries.write({"check_out": self.start + HOUR})
        )

    def test_dates_of_contracts_read_together(self):
        people = self._people(3)
        for person, ends in zip(people, (False, "2026-08-31", "2027-01-31"), strict=True):
            person.version_id.write(
                {"contract_date_start": "2026-02-01", "contract_date_end": ends}
            )
            person.create_version({"date_version": "2026-09-01"})
            person.create_version({"date_version": "2027-03-01"})
        versions = people.version_ids
        self.assertEqual(len(versions), 9)
        self.env.invalidate_all()
        together = [(version.date_start, version.date_end) for version in versions]
        alone = []
        for version_id in versions.ids:
            self.env.invalidate_all()
            version = self.env["hr.version"].browse(version_id)
            alone.append((version.date_start, version.date_end))
        self.assertEqual(together, alone)
        self.assertEqual(len(set(alone)), 4, alone)
