from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.sla.sla_clock import SlaClock, get_status, get_worst, merge_spans
from ...tools.sla.sla_match import Need, Rule, find_best

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONDAY = datetime(2026, 11, 2)


def at(day, hour, minute=0):
    """Instant on the ``day``-th day from Monday 2 November 2026."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def week(days=range(5), weeks=4):
    """Working days 8–12 and 13–17."""
    return [
        (at(day + 7 * number, start), at(day + 7 * number, end))
        for number in range(weeks)
        for day in days
        for start, end in ((8, 12), (13, 17))
    ]


@tagged("post_install", "-at_install")
class TestSlaClock(BaseCase):
    def setUp(self):
        super().setUp()
        self.clock = SlaClock(week())

    def test_target_runs_over_lunch_and_night(self):
        self.assertEqual(self.clock.get_deadline(at(0, 10), 4.0), at(0, 15))
        self.assertEqual(self.clock.get_deadline(at(0, 16), 4.0), at(1, 11))
        self.assertEqual(self.clock.get_deadline(at(4, 16), 4.0), at(7, 11), "over the weekend")

    def test_target_that_ends_with_the_day_ends_that_day(self):
        self.assertEqual(self.clock.get_deadline(at(0, 13), 4.0), at(0, 17))
        self.assertEqual(self.clock.get_deadline(at(0, 8), 8.0), at(0, 17))

    def test_target_to_the_second(self):
        self.assertEqual(self.clock.get_deadline(at(0, 8), 0.01), at(0, 8) + timedelta(seconds=36))

    def test_start_outside_hours_waits_for_the_opening(self):
        for start in (at(-1, 20), at(0, 3), at(0, 8)):
            self.assertEqual(self.clock.get_deadline(start, 1.0), at(0, 9))
        self.assertEqual(self.clock.get_deadline(at(0, 12), 1.0), at(0, 14))

    def test_target_of_nothing_is_due_as_soon_as_the_clock_runs(self):
        self.assertEqual(self.clock.get_deadline(at(0, 10), 0.0), at(0, 10))
        self.assertEqual(self.clock.get_deadline(at(0, 17), 0.0), at(1, 8))
        pause = [(at(1, 7), at(1, 10))]
        self.assertEqual(self.clock.get_deadline(at(0, 17), 0.0, pause), at(1, 10))

    def test_known_hours_too_few_asks_for_more(self):
        self.assertIsNone(self.clock.get_deadline(at(0, 8), 161.0))
        self.assertEqual(self.clock.get_deadline(at(0, 8), 160.0), at(25, 17))
        self.assertIsNone(SlaClock([]).get_deadline(at(0, 8), 0.0))
        self.assertIsNone(SlaClock([]).get_deadline(at(0, 8), 1.0))
        self.assertEqual(SlaClock([]).get_elapsed(at(0, 8), at(9, 8)), 0.0)

    def test_pause_moves_the_deadline_by_its_working_hours(self):
        target = (at(0, 10), 8.0)
        self.assertEqual(self.clock.get_deadline(*target), at(1, 10))
        lunch = [(at(0, 12), at(0, 13))]
        self.assertEqual(self.clock.get_deadline(*target, lunch), at(1, 10))
        night = [(at(0, 16), at(1, 9))]
        self.assertEqual(self.clock.get_deadline(*target, night), at(1, 12))

    def test_pause_over_a_holiday_counts_the_holiday_once(self):
        clock = SlaClock(week(days=(0, 2, 3, 4)))  # closed on Tuesday
        pause = [(at(0, 15), at(2, 10))]
        self.assertEqual(clock.get_deadline(at(0, 13), 4.0), at(0, 17))
        self.assertEqual(clock.get_deadline(at(0, 13), 4.0, pause), at(2, 12))

    def test_pause_in_touch_with_start_and_deadline(self):
        self.assertEqual(self.clock.get_deadline(at(0, 9), 1.0, [(at(0, 8), at(0, 9))]), at(0, 10))
        self.assertEqual(
            self.clock.get_deadline(at(0, 9), 1.0, [(at(0, 10), at(0, 12))]), at(0, 10)
        )
        self.assertEqual(self.clock.get_deadline(at(0, 9), 1.0, [(at(0, 9), at(0, 10))]), at(0, 11))

    def test_pause_still_running_stops_the_clock(self):
        running = [(at(0, 11), None)]
        self.assertIsNone(self.clock.get_deadline(at(0, 10), 2.0, running))
        self.assertEqual(self.clock.get_deadline(at(0, 10), 1.0, running), at(0, 11))
        self.assertEqual(self.clock.get_elapsed(at(0, 10), at(3, 10), running), 1.0)

    def test_overlapping_pauses_count_once(self):
        pauses = [(at(0, 10), at(0, 12)), (at(0, 9), at(0, 11)), (at(0, 9), at(0, 9))]
        self.assertEqual(merge_spans(pauses), [(at(0, 9), at(0, 12))])
        self.assertEqual(self.clock.get_deadline(at(0, 8), 2.0, pauses), at(0, 14))
        inner = (at(0, 10), at(0, 11))
        self.assertEqual(
            merge_spans([inner, pauses[0], (at(0, 12), at(0, 13))]), [(at(0, 10), at(0, 13))]
        )
        self.assertEqual(merge_spans([(at(0, 9), at(0, 14)), inner]), [(at(0, 9), at(0, 14))])
        self.assertEqual(merge_spans([inner, (at(0, 9), None)]), [(at(0, 9), None)])
        self.assertEqual(merge_spans([(at(0, 9), at(0, 9))]), [])

    def test_status_of_a_target(self):
        deadline, at_risk_on = at(0, 16), at(0, 14)
        for now, status in (
            (at(0, 13, 59), "on_track"),
            (at(0, 14), "at_risk"),
            (at(0, 16), "at_risk"),
            (at(0, 16, 1), "late"),
        ):
            self.assertEqual(get_status(deadline, at_risk_on, None, now), status)
        self.assertEqual(get_status(deadline, at_risk_on, at(0, 16), at(9, 9)), "met")
        self.assertEqual(get_status(deadline, at_risk_on, at(0, 16, 1), at(9, 9)), "missed")
        self.assertEqual(get_status(None, None, None, at(9, 9)), "on_track", "paused early")
        self.assertEqual(get_status(None, at_risk_on, None, at(9, 9)), "at_risk", "paused late")
        self.assertEqual(get_status(None, None, at(0, 9), at(9, 9)), "met")

    def test_open_targets_say_more_than_closed_ones(self):
        self.assertEqual(get_worst(["missed", "on_track"]), "on_track")
        self.assertEqual(get_worst(["at_risk", "late"]), "late")
        self.assertEqual(get_worst(["met", None]), "met")
        self.assertEqual(get_worst(["met", "missed"]), "missed")
        self.assertIsNone(get_worst([None, None]))


@tagged("post_install", "-at_install")
class TestSlaClockProperties(BaseCase):
    minutes = st.integers(0, 4 * 7 * 24 * 60)
    instants = minutes.map(lambda minute: MONDAY + timedelta(minutes=minute))
    spans = st.tuples(instants, instants).map(sorted).map(tuple)
    calendars = st.lists(spans, max_size=12)
    targets = st.integers(0, 60 * 60).map(lambda minute: minute / 60)

    @staticmethod
    def _is_inside(instant, spans):
        return any(start < instant < end for start, end in spans)

    @calm
    @given(calendars, instants, targets, st.lists(spans, max_size=4))
    def test_deadline_shows_the_target_in_open_hours(self, intervals, start, hours, pauses):
        clock = SlaClock(intervals)
        deadline = clock.get_deadline(start, hours, pauses)
        if deadline is None:
            self.assertLessEqual(clock.get_elapsed(start, datetime.max, pauses), hours)
            return
        self.assertGreaterEqual(deadline, start)
        self.assertAlmostEqual(clock.get_elapsed(start, deadline, pauses), hours, places=6)
        self.assertTrue(any(first <= deadline <= last for first, last in intervals))
        self.assertFalse(self._is_inside(deadline, merge_spans(pauses)))

    @calm
    @given(calendars, instants, targets.filter(bool), st.lists(spans, max_size=4))
    def test_deadline_is_the_first_such_instant(self, intervals, start, hours, pauses):
        clock = SlaClock(intervals)
        deadline = clock.get_deadline(start, hours, pauses)
        if deadline:
            before = deadline - timedelta(seconds=1)
            self.assertLess(clock.get_elapsed(start, before, pauses), hours)

    @calm
    @given(calendars, instants, targets, spans)
    def test_pause_moves_the_deadline_by_exactly_its_working_hours(
        self, intervals, start, hours, pause
    ):
        clock = SlaClock(intervals)
        plain = clock.get_deadline(start, hours)
        paused = clock.get_deadline(start, hours, [pause])
        if not plain or not paused:
            return
        if plain <= pause[0] and hours:
            self.assertEqual(paused, plain, "a pause after the deadline changes nothing")
        elif hours:
            self.assertEqual(
                clock.get_worked(plain, paused), clock.get_worked(max(start, pause[0]), pause[1])
            )

    @calm
    @given(calendars, instants, targets)
    def test_running_pause_never_ends_in_a_loop(self, intervals, start, hours):
        clock = SlaClock(intervals)
        self.assertIsNone(clock.get_deadline(start, hours, [(start, None)]))


@tagged("post_install", "-at_install")
class TestSlaMatch(BaseCase):
    def test_most_specific_rule_wins(self):
        rules = [
            Rule("any"),
            Rule("urgent", priority="3"),
            Rule("plumbing", categories=frozenset({7})),
            Rule("heater", products=frozenset({70})),
            Rule("contract", kinds=frozenset({"contract"})),
            Rule("client", clients=frozenset({"Marie"})),
            Rule("client, urgent", clients=frozenset({"Marie"}), priority="3"),
        ]
        need = Need(products=frozenset({71}), categories=frozenset({7, 1}))
        for expected, values in (
            ("any", {"categories": frozenset()}),
            ("urgent", {"categories": frozenset(), "priority": "3"}),
            ("plumbing", {"priority": "3"}),
            ("heater", {"products": frozenset({70, 71})}),
            ("contract", {"kinds": frozenset({"contract"}), "products": frozenset({70})}),
            ("client", {"client": "Marie", "kinds": frozenset({"contract"})}),
            ("client, urgent", {"client": "Marie", "priority": "3"}),
        ):
            with self.subTest(expected):
                self.assertEqual(find_best(rules, need._replace(**values)), expected)

    def test_first_of_equal_rules_wins(self):
        self.assertEqual(find_best([Rule("first"), Rule("second")], Need()), "first")

    def test_no_rule_fits(self):
        self.assertIsNone(find_best([Rule("urgent", priority="3")], Need()))
        self.assertIsNone(find_best([], Need()))
        other = [Rule("other", products=frozenset({1}), categories=frozenset({2}))]
        self.assertIsNone(find_best(other, Need(products=frozenset({3}))))
        self.assertIsNone(find_best([Rule("drains", categories=frozenset({2}))], Need()))
