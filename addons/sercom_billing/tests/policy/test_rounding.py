from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.policy.rounding import NEAREST, UP, RoundingRule, round_hours, share

HOURS = st.integers(1, 6000).map(lambda minutes: minutes / 60)
RULES = st.builds(
    RoundingRule,
    increment=st.sampled_from([0, 6, 15, 30, 60]),
    direction=st.sampled_from([UP, NEAREST]),
    minimum=st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    grace=st.integers(0, 10),
)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tagged("post_install", "-at_install")
class TestRounding(BaseCase):
    """Hours worked become hours billed: sum, minimum, increment."""

    def test_examples(self):
        quarter = RoundingRule(15)
        for hours, rule, billed, reason in (
            (127 / 60, quarter, 2.25, "up"),
            (2.0, quarter, 2.0, ""),
            (127 / 60, RoundingRule(15, grace=7), 2.0, "down"),
            (128 / 60, RoundingRule(15, grace=7), 2.25, "up"),
            (127 / 60, RoundingRule(15, NEAREST), 2.0, "down"),
            (128 / 60, RoundingRule(15, NEAREST), 2.25, "up"),
            (0.2, RoundingRule(minimum=1.0), 1.0, "minimum"),
            (0.2, RoundingRule(30, minimum=0.75), 1.0, "minimum"),
            (5 / 60, RoundingRule(15, grace=10), 0.25, "up"),
            (2 / 60, RoundingRule(15, NEAREST), 0.25, "up"),
            (127 / 60, RoundingRule(), 127 / 60, ""),
            (0.0, RoundingRule(15, minimum=1.0), 0.0, ""),
            (-1.1, RoundingRule(15, minimum=1.0), -1.1, ""),
        ):
            with self.subTest(hours=hours, rule=rule):
                found = round_hours(hours, rule)
                self.assertAlmostEqual(found[0], billed, 6)
                self.assertEqual(found[1], reason)

    @calm
    @given(HOURS, HOURS, RULES)
    def test_more_work_is_never_billed_less(self, first, more, rule):
        once, _reason = round_hours(first, rule)
        total, _reason = round_hours(first + more, rule)
        self.assertGreaterEqual(total + 1e-6, once)
        self.assertGreaterEqual(once + 1e-6, rule.minimum)
        self.assertAlmostEqual(round_hours(once, rule)[0], once, 6, "Once is enough.")
        if rule.increment:
            steps = once * 60 / rule.increment
            self.assertAlmostEqual(steps, round(steps), 4)

    @calm
    @given(st.lists(HOURS, min_size=1, max_size=5), RULES)
    def test_lines_share_what_their_scope_bills(self, worked, rule):
        total, _reason = round_hours(sum(worked), rule)
        shares = share(total, worked, 0.0)
        self.assertAlmostEqual(sum(shares), total, 5)
        self.assertTrue(all(hours >= 0 for hours in shares))

    @calm
    @given(st.lists(HOURS, min_size=1, max_size=4), HOURS, RULES)
    def test_what_is_billed_stays(self, worked, fixed, rule):
        billed, _reason = round_hours(fixed, rule)
        total, _reason = round_hours(fixed + sum(worked), rule)
        shares = share(total, worked, billed)
        self.assertAlmostEqual(billed + sum(shares), total, 5)
