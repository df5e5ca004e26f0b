from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.job.line_jobs import ORDER, assign_lines
from ...tools.job.schedule import BackwardBlockError, complete_block, overlaps

START = datetime(2026, 11, 3, 14)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
HOURS = st.floats(0.25, 500)
# Examples are cheap; a busy machine is not a defect.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tagged("post_install", "-at_install")
class TestSchedule(BaseCase):
    def test_start_alone_gets_a_length(self):
        start, end, hours = complete_block(START)
        self.assertEqual((end - start, hours), (timedelta(hours=1), 1.0))

    def test_end_wins_over_the_length(self):
        block = complete_block(START, START + timedelta(hours=2), 5.0)
        self.assertEqual(block[2], 2.0)

    def test_end_alone_is_counted_back(self):
        self.assertEqual(complete_block(end=START, hours=2.0)[0], START - timedelta(hours=2))

    def test_no_date_keeps_the_length(self):
        self.assertEqual(complete_block(hours=3.0), (None, None, 3.0))

    def test_a_block_never_ends_before_it_starts(self):
        for start, end, hours in (
            (START, START, None),
            (START, START - timedelta(hours=1), None),
            (START, None, -1.0),
        ):
            with self.assertRaises(BackwardBlockError):
                complete_block(start, end, hours)

    @calm
    @given(start=MOMENTS, hours=HOURS)
    def test_the_three_figures_agree(self, start, hours):
        start, end, length = complete_block(start, hours=hours)
        self.assertAlmostEqual((end - start).total_seconds() / 3600, length, places=6)

    @calm
    @given(start=MOMENTS, hours=HOURS, length=st.timedeltas(timedelta(seconds=1), timedelta(9)))
    def test_blocks_are_whole_minutes(self, start, hours, length):
        for block in (
            complete_block(start, hours=hours),
            complete_block(end=start, hours=hours),
            complete_block(start, start + length),
        ):
            for moment in block[:2]:
                self.assertEqual((moment.second, moment.microsecond), (0, 0))
            self.assertGreater(block[1], block[0])
            self.assertAlmostEqual(block[2] * 60, round(block[2] * 60), places=6)

    def test_a_second_early_is_the_whole_hour(self):
        second = timedelta(seconds=1)
        block = complete_block(START - second, START + timedelta(hours=2) - second)
        self.assertEqual(block, (START, START + timedelta(hours=2), 2.0))

    def test_neighbours_do_not_overlap(self):
        hour = timedelta(hours=1)
        self.assertFalse(overlaps(START, START + hour, START + hour, START + 2 * hour))
        self.assertTrue(overlaps(START, START + hour, START - hour, START + hour / 60))
        self.assertTrue(overlaps(START, START + 3 * hour, START + hour, START + 2 * hour))


@tagged("post_install", "-at_install")
class TestAssignLines(BaseCase):
    def test_one_job_for_the_order(self):
        groups = assign_lines([("hour", "sale", None), ("part", "no", None), ("x", "sale", None)])
        self.assertEqual(groups, {ORDER: ["hour", "part", "x"]})

    def test_one_job_for_each_line_and_its_parts(self):
        groups = assign_lines(
            [("a", "line", None), ("a part", "no", None), ("b", "line", None), ("b part", "", None)]
        )
        self.assertEqual(groups, {"a": ["a", "a part"], "b": ["b", "b part"]})

    def test_lines_above_the_first_service_go_with_it(self):
        groups = assign_lines([("travel", "no", None), ("a", "line", None)])
        self.assertEqual({key: set(lines) for key, lines in groups.items()}, {"a": {"travel", "a"}})

    def test_lines_join_the_order_job(self):
        groups = assign_lines([("part", "no", None), ("more", "sale", None)], order_job="J1")
        self.assertEqual(groups, {"J1": ["part", "more"]})

    def test_a_line_keeps_its_job(self):
        groups = assign_lines([("old", "line", "J1"), ("part", "no", None), ("b", "line", None)])
        self.assertEqual(groups, {"J1": ["old", "part"], "b": ["b"]})

    @calm
    @given(st.lists(st.sampled_from(["no", "sale", "line"]), max_size=12))
    def test_every_line_has_exactly_one_job(self, trackings):
        lines = [(number, tracking, None) for number, tracking in enumerate(trackings)]
        placed = [line for group in assign_lines(lines).values() for line in group]
        self.assertEqual(sorted(placed), [*range(len(trackings))])
