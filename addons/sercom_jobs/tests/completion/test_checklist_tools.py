import math

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.completion.checklist import (
    AmbiguousNumberError,
    NotANumberError,
    format_number,
    is_within,
    parse_number,
)
from ..job.test_tools import calm

NUMBERS = st.floats(-1e12, 1e12).map(lambda number: round(number, 3))
POINTS = st.sampled_from([".", ","])


@tagged("post_install", "-at_install")
class TestChecklistNumbers(BaseCase):
    def test_comma_and_point(self):
        for text in ("12.5", "12,5", " 12,5 ", "+12.50", "\u202f12,5"):
            self.assertEqual(parse_number(text), 12.5)
            self.assertEqual(parse_number(text, ","), 12.5)
        self.assertEqual(parse_number("1 234,5", ","), 1234.5)
        self.assertEqual(parse_number("-.5"), -0.5)
        self.assertEqual(parse_number("7."), 7.0)
        self.assertEqual(parse_number(7), 7.0)

    def test_what_can_be_read_in_two_ways(self):
        for text, point in (("1,234", "."), ("-12,345", "."), ("1.234", ",")):
            with self.assertRaises(AmbiguousNumberError):
                parse_number(text, point)
        self.assertEqual(parse_number("1.234", "."), 1.234)
        self.assertEqual(parse_number("0,125", "."), 0.125)
        self.assertEqual(parse_number("1234,567", "."), 1234.567)

    def test_no_numbers(self):
        for text in ("", "-", ".", "1e5", "12a", "1,2,3", "1.2,3", "0x1F", "nan", "inf", "٣"[:0]):
            with self.assertRaises(NotANumberError):
                parse_number(text)
        for value in (math.nan, math.inf, True, None, "9" * 400):
            with self.assertRaises(NotANumberError):
                parse_number(value)

    @calm
    @given(number=NUMBERS, point=POINTS)
    def test_what_is_written_reads_back(self, number, point):
        self.assertAlmostEqual(
            parse_number(format_number(number, point), point), number, delta=abs(number) * 1e-14
        )

    @calm
    @given(text=st.text(), point=POINTS)
    def test_any_text_is_a_number_or_told_not_to_be(self, text, point):
        try:
            number = parse_number(text, point)
        except NotANumberError:
            return
        self.assertTrue(math.isfinite(number))

    def test_short_text(self):
        for number, text in ((0, "0"), (12.0, "12"), (0.1, "0.1"), (1e20, "100000000000000000000")):
            self.assertEqual(format_number(number), text)
        self.assertEqual(format_number(-2.5, ","), "-2,5")

    def test_limits_are_included(self):
        self.assertTrue(is_within(1.5, 1.5, 2.5) and is_within(2.5, 1.5, 2.5))
        self.assertFalse(is_within(1.49, 1.5) or is_within(2.51, None, 2.5))
        self.assertTrue(is_within(-5))

    @calm
    @given(number=NUMBERS, lowest=NUMBERS)
    def test_a_number_is_on_one_side_of_a_limit(self, number, lowest):
        self.assertEqual(is_within(number, lowest), not number < lowest)
