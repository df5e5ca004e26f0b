from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.policy.cap import cap

HOURS = st.floats(0, 24).map(lambda hours: round(hours, 2))


@tagged("post_install", "-at_install")
class TestCap(BaseCase):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(HOURS, st.lists(st.tuples(HOURS, st.floats(0, 1), st.floats(0, 1)), max_size=6))
    def test_no_more_than_the_limit(self, limit, rows):
        hours = [own for own, _billed, _waived in rows]
        billed = [own * share for own, share, _waived in rows]
        waived = [(own - own * share) * other for own, share, other in rows]
        granted = cap(limit, hours, billed, waived)
        self.assertEqual(len(granted), len(hours))
        for own, got, done, decided in zip(hours, granted, billed, waived, strict=True):
            self.assertLessEqual(got, own + 1e-6)
            self.assertGreaterEqual(got, done + decided - 1e-6, "What is billed stays.")
        asked = sum(granted) - sum(waived)
        self.assertLessEqual(asked, max(limit, sum(billed)) + 1e-5)
        wanted = sum(hours) - sum(waived)
        self.assertGreaterEqual(asked, min(limit, wanted) - 1e-5, "Nothing is dropped.")

    def test_a_correction_takes_off_what_was_not_authorised_first(self):
        self.assertEqual(cap(3, [4, -1], [3, 0], [0, 0]), [4, -1])
        self.assertEqual(cap(3, [5, -1], [3, 0], [0, 0]), [3, 0])
        self.assertEqual(cap(3, [4], [0], [1]), [4])
