from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.ledger.settlement import AHEAD, Document, Slice, settle

QUANTITIES = st.integers(0, 48).map(lambda quarter: quarter / 4)


@tagged("post_install", "-at_install")
class TestSettlement(BaseCase):
    """The rule that says which hours a document bills or gives back."""

    def _slices(self, *hours, **vals):
        return [
            Slice(key, billable, position=(key,), **vals)
            for key, billable in enumerate(hours, start=1)
        ]

    def _rows(self, rows):
        return [(row.document, row.slice, row.quantity, row.fate) for row in rows]

    def test_the_oldest_hours_are_billed_first(self):
        rows, _problems = settle([Document(7, 4.0)], self._slices(3.0, 2.0))
        self.assertEqual(self._rows(rows), [(7, 1, 3.0, "billed"), (7, 2, 1.0, "billed")])

    def test_those_of_the_period_come_before(self):
        slices = self._slices(3.0, 2.0)
        slices[0].is_in_period = False
        rows, _problems = settle([Document(7, 2.0)], slices)
        self.assertEqual(self._rows(rows), [(7, 2, 2.0, "billed")])

    def test_what_rounds_to_all_is_all(self):
        rows, _problems = settle([Document(7, 2.12)], self._slices(2.1166), 0.005)
        self.assertEqual(self._rows(rows), [(7, 1, 2.1166, "billed")])

    def test_an_adjustment_is_settled_with_the_next_bill(self):
        rows, _problems = settle([Document(7, 1.0)], self._slices(2.0, -1.0))
        self.assertEqual(sum(row.quantity for row in rows), 1.0)
        self.assertEqual({row.slice for row in rows}, {1, 2})

    def test_the_latest_hours_are_given_back_first(self):
        slices = self._slices(3.0, 2.0)
        for one in slices:
            one.billed = one.billable
        documents = [Document(7, 5.0, {1: 3.0, 2: 2.0}), Document(8, -1.0, {}, {1: 3.0, 2: 2.0})]
        rows, problems = settle(documents, slices)
        self.assertEqual(self._rows(rows), [(8, 2, -1.0, "credited")])
        self.assertFalse(problems)

    def test_no_more_is_given_back_than_was_billed(self):
        slices = self._slices(3.0)
        slices[0].billed = 3.0
        _rows, problems = settle([Document(7, 3.0, {1: 3.0}), Document(8, -4.0)], slices)
        self.assertEqual([problem.kind for problem in problems], ["over"])

    def test_hours_that_come_later_are_not_those_of_a_credited_bill(self):
        """One is billed ahead and credited, another stands: the hours are on that one."""
        documents = [
            Document(7, 1.5, {AHEAD: 1.5}),
            Document(8, -1.5, {AHEAD: -1.5}, credits=frozenset({7})),
            Document(9, 1.0, {AHEAD: 1.0}),
        ]
        rows, _problems = settle(documents, self._slices(1.25))
        self.assertEqual(self._rows(rows), [(9, 1, 1.0, "billed"), (9, AHEAD, -1.0, "billed")])

    def test_of_a_bill_that_is_credited_in_part_the_rest_is_matched(self):
        documents = [
            Document(7, 3.0, {AHEAD: 3.0}),
            Document(8, -1.0, {AHEAD: -1.0}, credits=frozenset({7})),
        ]
        rows, _problems = settle(documents, self._slices(4.0))
        self.assertEqual(self._rows(rows), [(7, 1, 2.0, "billed"), (7, AHEAD, -2.0, "billed")])

    def test_a_credited_bill_cannot_go(self):
        slices = self._slices(3.0)
        documents = [Document(7, 0.0, {1: 3.0}), Document(8, -3.0, {1: -3.0})]
        _rows, problems = settle(documents, slices)
        self.assertEqual(problems[0].kind, "credited")

    def test_a_credit_cannot_go_once_its_hours_are_billed_again(self):
        slices = self._slices(3.0)
        slices[0].billed = 3.0
        documents = [
            Document(7, 3.0, {1: 3.0}),
            Document(8, 0.0, {1: -3.0}),
            Document(9, 3.0, {1: 3.0}),
        ]
        _rows, problems = settle(documents, slices)
        self.assertEqual([problem.kind for problem in problems], ["again"])

    def test_hours_that_come_later_are_those_billed_ahead(self):
        document = Document(7, 5.0, {1: 3.0, AHEAD: 2.0})
        slices = self._slices(3.0, 1.5)
        slices[0].billed = 3.0
        rows, _problems = settle([document], slices)
        self.assertEqual(self._rows(rows), [(7, 2, 1.5, "billed"), (7, AHEAD, -1.5, "billed")])

    def test_what_is_not_counted_follows_its_documents(self):
        rows, problems = settle([Document(7, 2.0), Document(8, -3.0)], [], is_counted=False)
        self.assertEqual([row.quantity for row in rows], [-3.0, 2.0])
        self.assertFalse(problems)

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.integers(-8, 32).map(lambda quarter: quarter / 4), max_size=5),
        st.lists(st.tuples(st.integers(0, 3), st.booleans(), QUANTITIES), max_size=12),
    )
    def test_whatever_happens_no_hour_is_billed_twice(self, hours, events):
        slices = {key: hours_ for key, hours_ in enumerate(hours, start=1) if hours_}
        wants, held = {}, {}
        billed = dict.fromkeys(slices, 0.0)
        for key, is_credit, quantity in events:
            before = dict(wants)
            wants[key] = -quantity if is_credit else quantity
            documents = [Document(one, wants[one], dict(held.get(one, {}))) for one in wants]
            rows, problems = settle(
                documents,
                [Slice(one, slices[one], billed[one], (one,)) for one in slices],
            )
            if problems:
                wants = before
                continue
            for row in rows:
                own = held.setdefault(row.document, {})
                own[row.slice] = own.get(row.slice, 0.0) + row.quantity
                if row.slice:
                    billed[row.slice] += row.quantity
            for one, quantity in wants.items():
                self.assertAlmostEqual(sum(held.get(one, {}).values()), quantity, 4)
            for one, hours_ in slices.items():
                self.assertLessEqual(min(0.0, hours_) - 1e-5, billed[one])
                self.assertGreaterEqual(max(0.0, hours_) + 1e-5, billed[one])
            again, problems = settle(
                [Document(one, wants[one], dict(held.get(one, {}))) for one in wants],
                [Slice(one, slices[one], billed[one], (one,)) for one in slices],
            )
            self.assertFalse(problems)
            self.assertFalse(again, "Nothing is left to settle.")
