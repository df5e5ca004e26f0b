from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.changes import find_changed_lines, find_changes
from ..tools.money import CENT, distribute, unit_rate
from ..tools.text import guard_formula, shorten, shorten_number, unique_name

CENTS = st.integers(-(10**9), 10**9).map(lambda number: number * CENT)


@tagged("post_install", "-at_install")
class TestMoney(BaseCase):
    """Rules of the files, without the ORM."""

    @settings(max_examples=200, deadline=None)
    @given(total=CENTS, weights=st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=20))
    def test_shares_add_up_to_the_total(self, total, weights):
        shares = distribute(total, weights)
        self.assertEqual(len(shares), len(weights))
        self.assertEqual(sum(shares), total)
        self.assertTrue(all(share == share.quantize(CENT) for share in shares))

    def test_each_share_is_its_own_to_the_cent(self):
        self.assertEqual(
            distribute(Decimal("14.98"), [50, 50, 50]),
            [
                Decimal("5.00"),
                Decimal("4.99"),
                Decimal("4.99"),
            ],
        )
        self.assertEqual(distribute(Decimal("-0.01"), [1, 1]), [Decimal("0.00"), Decimal("-0.01")])
        self.assertEqual(distribute(Decimal("9.98"), []), [])

    @settings(max_examples=300, deadline=None)
    @given(amount=CENTS, quantity=st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 100))
    def test_quantity_by_rate_is_the_amount(self, amount, quantity):
        asked, rate = unit_rate(quantity, amount)
        self.assertEqual((asked * rate).quantize(CENT, ROUND_HALF_UP), amount)

    def test_a_rate_is_as_short_as_may_be(self):
        self.assertEqual(unit_rate(Decimal(3), Decimal("100.00"))[1], Decimal("33.333"))
        self.assertEqual(unit_rate(Decimal("1.5"), Decimal("180.00"))[1], Decimal("120.00"))
        self.assertEqual(unit_rate(Decimal(0), Decimal("7.00")), (Decimal(1), Decimal("7.00")))

    def test_no_text_is_a_formula(self):
        for text in ("=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)"):
            self.assertEqual(guard_formula(text), "'" + text)
        for text in ("+1 514 555-0199", "-12.50", "Plomberie = Boréal", ""):
            self.assertEqual(guard_formula(text), text)

    def test_names_stay_apart(self):
        self.assertEqual(unique_name("Jean Roy", 4, 4), "Jean Roy")
        self.assertEqual(unique_name("Jean  Roy\t", 9, 4), "Jean Roy (9)")
        long = "Syndicat de copropriété du 1000 rue Ontario Est"
        self.assertEqual(shorten(long, 41, "(9)"), "Syndicat de copropriété du 1000 rue O (9)")
        self.assertEqual(shorten(long, 0), long)
        self.assertEqual(shorten_number("INV/2026/00001", 11), "INV2600001")
        self.assertEqual(shorten_number("INV/26/0001", 11), "INV/26/0001")

    def test_numbers_stay_apart(self):
        numbers = [
            f"{journal}/{middle}/{number:05}"
            for journal in ("FAC", "RFAC", "INV", "RINV", "CLIENTS", "RCLIENTS")
            for middle in ("2026", "2027", "2026/11")
            for number in (1, 4, 15, 99999)
        ]
        short = [shorten_number(text, 11, f"({n})") for n, text in enumerate(numbers)]
        self.assertEqual(len(set(short)), len(numbers))
        self.assertLessEqual(max(map(len, short)), 11)
        self.assertEqual(shorten_number("RFAC/2026/00004", 11), "RFAC2600004")
        self.assertEqual(shorten_number("PBNK1/2026/00004", 11), "PBNK1260004")

    def test_what_changed(self):
        self.assertEqual(find_changes({"a": 1, "b": 2}, {"a": 1, "b": 3}), [("b", 2, 3)])
        self.assertEqual(find_changes({"a": 1}, {"a": 1}), [])
        lines = [["x", "1"], ["x", "1"], ["y", "2"]]
        self.assertEqual(
            find_changed_lines(lines, [["x", "1"], ["z", "3"], ["y", "2"]]),
            ([["x", "1"]], [["z", "3"]]),
        )
