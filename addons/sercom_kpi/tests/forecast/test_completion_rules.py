from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.forecast.completion import (
    ACTUAL,
    CAP_HOURS,
    CAPPED,
    CHANGE_ORDER,
    OTHER_PERSON,
    SOLD,
    Job,
    choose_action,
    get_hours_to_come,
    get_margin,
    get_outlook,
)

HOURS = st.floats(0, 200)
MONEY = st.floats(0, 50000)
JOBS = st.builds(
    Job,
    sold=HOURS,
    worked=HOURS,
    planned=HOURS,
    policy=st.sampled_from([SOLD, ACTUAL, CAPPED]),
    revenue=MONEY,
    rate=st.floats(0, 300),
    cost=MONEY,
    hourly_cost=st.floats(0, 150),
    parts=MONEY,
)
OVERRUNS = st.tuples(st.floats(0.2, 4), st.floats(0.2, 4)).map(sorted)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def make(**vals):
    """A fixed price of ten hours, six worked at $40."""
    known = {
        "sold": 10.0,
        "worked": 6.0,
        "planned": 10.0,
        "policy": SOLD,
        "revenue": 1000.0,
        "rate": 100.0,
        "cost": 240.0,
        "hourly_cost": 40.0,
        "parts": 0.0,
    }
    return Job(**{**known, **vals})


@tagged("post_install", "-at_install")
class TestCompletionRules(BaseCase):
    @SLOW
    @given(JOBS, OVERRUNS, st.floats(0, 1))
    def test_what_comes_within_the_hours_is_within_the_margin(self, job, overruns, share):
        outlook = get_outlook(job, overruns)
        low, high = outlook.hours
        self.assertLessEqual(0.0, low)
        self.assertLessEqual(low, high)
        margin = get_margin(job, low + share * (high - low))
        self.assertGreaterEqual(margin, outlook.margin.low - 1e-6)
        self.assertLessEqual(margin, outlook.margin.high + 1e-6)

    @SLOW
    @given(JOBS, OVERRUNS, st.floats(0, 0.5), st.one_of(st.none(), st.floats(0, 150)))
    def test_an_action_is_told_only_where_it_helps(self, job, overruns, floor, cheaper):
        outlook = get_outlook(job, overruns)
        action = choose_action(job, outlook, floor, cheaper)
        if action:
            self.assertGreater(action.gain, 0)
            self.assertLess(outlook.margin.low, floor * job.revenue)

    def test_hours_to_come(self):
        self.assertEqual(get_hours_to_come(make()), (4.0, 4.0))
        self.assertEqual(get_hours_to_come(make(planned=14.0)), (4.0, 8.0))
        self.assertEqual(get_hours_to_come(make(), (0.5, 1.5)), (0.0, 9.0))
        self.assertEqual(get_hours_to_come(make(sold=0.0, planned=0.0)), (0.0, 0.0))
        self.assertEqual(get_hours_to_come(make(worked=12.0)), (0.0, 0.0))

    def test_margin_by_policy(self):
        outlook = get_outlook(make(planned=14.0, parts=100.0))
        self.assertEqual(outlook.margin, (1000 - 240 - 8 * 40 - 100, 1000 - 240 - 4 * 40 - 100))
        outlook = get_outlook(make(planned=14.0, policy=ACTUAL))
        self.assertEqual(outlook.margin, (1000 - 240 - 160, 1400 - 240 - 320))
        # Of capped hours, those over the authorised ones are paid by nobody.
        outlook = get_outlook(make(planned=14.0, policy=CAPPED), (0.8, 1.0))
        self.assertEqual(outlook.hours, (2.0, 8.0))
        self.assertEqual(outlook.margin, (1000 - 240 - 320, 1000 - 240 - 160))

    def test_what_would_save_it(self):
        dear = make(planned=14.0, hourly_cost=120.0)
        outlook = get_outlook(dear)
        self.assertEqual(outlook.margin.low, 1000 - 240 - 960)
        action = choose_action(dear, outlook)
        self.assertEqual((action.key, action.gain), (CAP_HOURS, 480.0))
        action = choose_action(dear, outlook, cheaper=40.0)
        self.assertEqual((action.key, action.gain), (OTHER_PERSON, 640.0))
        sold = dear._replace(rate=300.0)
        action = choose_action(sold, outlook, cheaper=40.0)
        self.assertEqual((action.key, action.gain), (CHANGE_ORDER, 1200.0))
        # As worked, more hours are paid anyway.
        worked = sold._replace(policy=ACTUAL, rate=10.0)
        action = choose_action(worked, get_outlook(worked))
        self.assertEqual(action.key, CAP_HOURS)

    def test_nothing_to_save(self):
        fine = make()
        self.assertIsNone(choose_action(fine, get_outlook(fine)))
        floor = choose_action(make(planned=14.0), get_outlook(make(planned=14.0)), 0.5)
        self.assertEqual(floor.key, CHANGE_ORDER)
        over = make(worked=10.0, cost=2000.0)
        self.assertIsNone(choose_action(over, get_outlook(over)), "no hour is left to save")
        nothing = make(sold=0, worked=0, planned=0, revenue=0, rate=0, cost=0)
        self.assertEqual(get_outlook(nothing).margin, (0.0, 0.0))
        self.assertIsNone(choose_action(nothing, get_outlook(nothing)))
