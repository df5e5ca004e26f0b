from pathlib import Path
from unittest import TestCase

from sercom_pytest import _markers_of

ADDONS = Path(__file__).parents[2] / "addons"
OWN_CASES = ("(PhoneCase", "(HootCase", "(AccessibilityCase", "(DialogCase", "self.browser_js(")


class TestMarkers(TestCase):
    def test_whatever_opens_a_browser_is_tried_at_another_moment(self):
        for path in ADDONS.glob("*/tests/**/test_*.py"):
            if any(name in path.read_text() for name in OWN_CASES):
                with self.subTest(path=path.name):
                    self.assertTrue(_markers_of(path))
