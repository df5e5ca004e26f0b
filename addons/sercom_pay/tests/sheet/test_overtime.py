from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.sheet.overtime import DAY, WEEK, Rule, Segment, split_overtime

FORTY = Rule(WEEK, 1.5, {"w1": 40.0, "w2": 40.0})


# The machine may be busy.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HOURS = st.integers(1, 24 * 60).map(lambda minutes: minutes / 60)


def week(*hours, week="w1"):
    return [Segment(f"{week}{day}", f"{week}{day}", week, own) for day, own in enumerate(hours)]


def told(segments, rules, mode="max"):
    return [
        (segment.source, multiplier, round(hours, 4))
        for segment, multiplier, hours in split_overtime(segments, rules, mode)
    ]


@tagged("post_install", "-at_install")
class TestOvertime(BaseCase):
    """By hand, after LNT s. 52 and 55: hours past 40 of a week at one and a half."""

    def test_forty_hours_are_regular(self):
        self.assertEqual(
            told(week(8, 8, 8, 8, 8), [FORTY]), [(f"w1{day}", 1.0, 8.0) for day in range(5)]
        )

    def test_what_is_past_forty_is_cut_where_it_begins(self):
        # 9 + 9 + 9 + 9 = 36; the fifth day has 4 regular and 5 of overtime
        self.assertEqual(
            told(week(9, 9, 9, 9, 9), [FORTY])[-2:], [("w14", 1.0, 4.0), ("w14", 1.5, 5.0)]
        )

    def test_each_week_counts_its_own(self):
        # 30 h and 50 h: ten of overtime, not none for an average of 40
        pieces = told([*week(10, 10, 10), *week(10, 10, 10, 10, 10, week="w2")], [FORTY])
        self.assertEqual([piece for piece in pieces if piece[1] > 1], [("w24", 1.5, 10.0)])

    def test_a_day_past_forty_is_all_overtime(self):
        self.assertEqual(told(week(40, 8), [FORTY])[-1], ("w11", 1.5, 8.0))

    def test_the_highest_rate_wins_or_premiums_add_up(self):
        # Over 10 h a day at 1.25, over 40 h a week at 1.5; 12 h on the fifth day, after 36:
        # 4 regular, 6 by the week, 2 by both
        days = Rule(DAY, 1.25, {f"w1{day}": 10.0 for day in range(5)})
        rules = [FORTY, days]
        self.assertEqual(
            told(week(9, 9, 9, 9, 12), rules)[-3:],
            [("w14", 1.0, 4.0), ("w14", 1.5, 6.0), ("w14", 1.5, 2.0)],
        )
        self.assertEqual(told(week(9, 9, 9, 9, 12), rules, "sum")[-1], ("w14", 1.75, 2.0))

    def test_a_week_without_a_limit_has_no_overtime(self):
        self.assertEqual(told(week(60, week="w9"), [FORTY]), [("w90", 1.0, 60.0)])

    @CALM
    @given(st.lists(HOURS, max_size=14), st.floats(1, 60), st.floats(0.5, 12))
    def test_no_hour_is_lost_or_made(self, hours, limit, daily):
        segments = week(*hours)
        rules = [
            Rule(WEEK, 1.5, {"w1": limit}),
            Rule(DAY, 2.0, {segment.date: daily for segment in segments}),
        ]
        pieces = split_overtime(segments, rules)
        self.assertAlmostEqual(sum(piece[2] for piece in pieces), sum(hours), 6)
        regular = sum(hours for _segment, times, hours in pieces if times == 1.0)
        self.assertLessEqual(regular, limit + 0.01)

    @CALM
    @given(st.lists(HOURS, min_size=1, max_size=10), HOURS)
    def test_later_hours_change_nothing_before_them(self, hours, more):
        before = told(week(*hours), [FORTY])
        self.assertEqual(told(week(*hours, more), [FORTY])[: len(before)], before)
