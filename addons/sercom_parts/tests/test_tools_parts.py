from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.parts import (
    Change,
    Need,
    needed_after_pickup,
    parts_cost,
    quantity_to_order,
    receipt_state,
    share_parts,
    still_to_order,
)

DAY = datetime(2026, 11, 3, 14)
# Examples are cheap; a busy machine is not a defect.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TRUCK, SHELF = "truck", "shelf"
small = st.integers(0, 20).map(float)
days = st.one_of(st.none(), st.integers(0, 5).map(lambda n: DAY + timedelta(days=n)))


def after(days):
    return DAY + timedelta(days=days)


def need(key, quantity, days=0, pools=(SHELF,), job=None):
    return Need(key, job or f"job {key}", quantity, after(days), pools)


@tagged("post_install", "-at_install")
class TestShareParts(BaseCase):
    def test_the_earlier_job_gets_the_last_part(self):
        late, early = need("late", 1, days=2), need("early", 1, days=1)
        shares = share_parts([late, early], {SHELF: 1.0}, [])
        self.assertEqual(shares["early"].short, 0)
        self.assertEqual((shares["late"].short, shares["late"].forecast), (1, 0))

    def test_jobs_of_one_moment_are_served_in_order(self):
        shares = share_parts([need("a", 1), need("b", 1)], {SHELF: 1.0}, [])
        self.assertEqual([shares[key].short for key in "ab"], [0, 1])

    def test_a_job_without_date_comes_last(self):
        shares = share_parts(
            [Need("someday", "x", 1, None, (SHELF,)), need("a", 1, days=9)], {SHELF: 1.0}, []
        )
        self.assertEqual((shares["a"].short, shares["someday"].short), (0, 1))

    def test_truck_first_then_warehouse(self):
        shares = share_parts([need("a", 3, pools=(TRUCK, SHELF))], {TRUCK: 2.0, SHELF: 5.0}, [])
        self.assertEqual(shares["a"].taken, {TRUCK: 2, SHELF: 1})
        self.assertEqual(shares["a"].forecast, 7)

    def test_nobody_takes_from_another_truck(self):
        self.assertEqual(share_parts([need("a", 1)], {TRUCK: 2.0}, [])["a"].short, 1)

    def test_what_comes_after_the_start_does_not_help(self):
        changes = [Change(SHELF, 1, after(1))]
        shares = share_parts([need("a", 1), need("b", 1, days=2)], {}, changes)
        self.assertEqual((shares["a"].short, shares["b"].short), (1, 0))

    def test_what_comes_at_the_start_is_there(self):
        self.assertEqual(share_parts([need("a", 1)], {}, [Change(SHELF, 1, DAY)])["a"].short, 0)

    def test_what_was_bought_for_a_job_is_that_jobs(self):
        changes = [Change(SHELF, 2, DAY, job="job b")]
        shares = share_parts([need("a", 1, days=1), need("b", 1, days=2)], {}, changes)
        self.assertEqual((shares["b"].own, shares["b"].short), (1, 0))
        self.assertEqual(shares["a"].taken, {SHELF: 1}, "what b does not need is anybody's")

    def test_what_comes_late_for_a_job_is_still_that_jobs(self):
        changes = [Change(SHELF, 1, after(1), job="job a")]
        shares = share_parts([need("a", 1), need("b", 1, days=2)], {}, changes)
        self.assertEqual((shares["a"].short, shares["b"].short), (1, 1))

    def test_other_uses_come_before_later_jobs(self):
        changes = [Change(SHELF, -1, DAY)]
        shares = share_parts([need("a", 1, days=1)], {SHELF: 1.0}, changes)
        self.assertEqual(shares["a"].short, 1)
        shares = share_parts([need("a", 1, days=-1)], {SHELF: 1.0}, changes)
        self.assertEqual(shares["a"].short, 0)

    @calm
    @given(
        st.lists(st.tuples(small, days, st.integers(0, 3)), max_size=8),
        st.dictionaries(st.sampled_from([TRUCK, SHELF]), small),
        st.lists(
            st.tuples(st.sampled_from([TRUCK, SHELF]), small, days, st.integers(0, 5)), max_size=6
        ),
    )
    def test_no_part_is_given_twice(self, wanted, on_hand, coming):
        needs = [
            Need(index, job, quantity, start, (TRUCK, SHELF) if job else (SHELF,))
            for index, (quantity, start, job) in enumerate(wanted)
        ]
        changes = [
            Change(pool, quantity, date, job if job < 4 else None)
            for pool, quantity, date, job in coming
        ]
        shares = share_parts(needs, on_hand, changes)
        given = sum(share.own + sum(share.taken.values()) for share in shares.values())
        supply = sum(on_hand.values()) + sum(change.quantity for change in changes)
        self.assertLessEqual(given, supply + 1e-6)
        for item in needs:
            share = shares[item.key]
            total = share.own + sum(share.taken.values()) + share.short
            self.assertAlmostEqual(total, item.quantity)
            self.assertGreaterEqual(min([share.own, share.short, *share.taken.values()]), 0)
            self.assertGreaterEqual(share.forecast + 1e-6, item.quantity - share.short)

    @calm
    @given(st.lists(st.tuples(small, days), min_size=1, max_size=8), small)
    def test_a_later_job_never_takes_from_an_earlier_one(self, wanted, on_hand):
        needs = [
            Need(i, i, quantity, start, (SHELF,)) for i, (quantity, start) in enumerate(wanted)
        ]
        shares = share_parts(needs, {SHELF: on_hand}, [])
        ordered = sorted(needs, key=lambda item: item.start or datetime.max)
        short = [shares[item.key].short for item in ordered if item.quantity]
        first = next((i for i, quantity in enumerate(short) if quantity), len(short))
        later = [item for item in ordered if item.quantity][first + 1 :]
        self.assertFalse(any(shares[item.key].taken for item in later))


@tagged("post_install", "-at_install")
class TestPartQuantities(BaseCase):
    def test_to_order_leaves_out_what_is_coming(self):
        self.assertEqual(quantity_to_order(3, 0), 3)
        self.assertEqual(quantity_to_order(3, 2), 1)
        self.assertEqual(quantity_to_order(3, 5), 0)
        self.assertEqual(quantity_to_order(3, -1), 3)

    def test_asking_twice_orders_once(self):
        self.assertEqual(still_to_order(2, 2, 2), 2)
        self.assertEqual(still_to_order(2, 2, 0), 0)
        self.assertEqual(still_to_order(5, 2, 0), 3, "more than was missing is still wanted")
        self.assertEqual(still_to_order(1, 0, 0), 1, "a part that is not missing")
        self.assertEqual(still_to_order(2, 2, 4), 2, "no more than was asked for")

    @calm
    @given(small, small)
    def test_ordering_twice_what_is_missing(self, wanted, missing):
        first = still_to_order(wanted, missing, missing)
        second = still_to_order(wanted, missing, quantity_to_order(missing, first))
        self.assertEqual(first, wanted)
        self.assertLessEqual(second, max(wanted - missing, 0.0))

    def test_a_pickup_first_covers_what_is_sold(self):
        self.assertEqual(needed_after_pickup(2, 0, 0, 2), 2)
        self.assertEqual(needed_after_pickup(2, 0, 0, 3), 3)
        self.assertEqual(needed_after_pickup(2, 2, 0, 1), 3, "all delivered from stock")
        self.assertEqual(needed_after_pickup(2, 0, 2, 1), 3, "all bought before")
        self.assertEqual(needed_after_pickup(2, 2, 2, 1), 3, "what was bought was delivered")

    @calm
    @given(small, small, small, small)
    def test_a_pickup_never_sells_less(self, needed, delivered, received, picked):
        after_it = needed_after_pickup(needed, delivered, received, picked)
        self.assertGreaterEqual(after_it, needed)
        self.assertGreaterEqual(after_it, picked)
        self.assertLessEqual(after_it, max(needed, delivered, received) + picked)


@tagged("post_install", "-at_install")
class TestPartsCost(BaseCase):
    def test_no_part_counts_twice(self):
        self.assertEqual(parts_cost(2, 20, 0, 0), 20, "bought, not used: it stays a cost")
        self.assertEqual(parts_cost(2, 20, 2, 20), 20, "bought and delivered")
        self.assertEqual(parts_cost(2, 20, 3, 33), 31, "one more from the shelf")
        self.assertEqual(parts_cost(0, 0, 3, 33), 33, "all from the shelf")
        self.assertEqual(parts_cost(0, 0, -1, -11), 0, "more came back than went out")

    @calm
    @given(small, small, small, small)
    def test_between_the_two_values(self, bought, bought_value, delivered, delivered_value):
        cost = parts_cost(bought, bought_value, delivered, delivered_value)
        self.assertGreaterEqual(cost, bought_value)
        self.assertLessEqual(cost, bought_value + delivered_value + 1e-6)

    def test_receipt_state(self):
        self.assertEqual(receipt_state(1, 2, 0, True), "to_order")
        self.assertIsNone(receipt_state(0, 0, 0, False))
        self.assertEqual(receipt_state(0, 2, 0, True), "to_confirm")
        self.assertEqual(receipt_state(0, 2, 0, False), "ordered")
        self.assertEqual(receipt_state(0, 2, 1, True), "partial")
        self.assertEqual(receipt_state(0, 2, 2, False), "received")
