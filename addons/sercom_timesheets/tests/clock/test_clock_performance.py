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
        self.job.action_clock_in(people.ids, punch=self._at(self.start))

    def _clock_out(self, people):
        self.job.action_clock_out(people.ids, punch=self._at(self.start + HOUR))

    def test_clocking_in(self):
        self._assert_costs(self._people, self._clock_in, 0, 1)

    def test_clocking_out(self):
        self._assert_costs(self._at_work, self._clock_out, 0, 1)
