import re
from unittest import TestCase

from .. import addons, architecture, paths

HOOK = re.compile(r"`(_\w+)`")


class TestMap(TestCase):
    def test_the_page_shows_the_code_as_it_is(self):
        page = architecture.PAGE.read_text()
        self.assertEqual(page, architecture.drawn(page), "make map draws it anew")

    def test_every_hook_that_is_named_exists(self):
        """What people wrote around the map, and in the directions for contributors, holds too."""
        defined = set()
        for folder in addons.suite().values():
            if folder != paths.CHECKOUT:
                for path in folder.rglob("*.py"):
                    defined.update(re.findall(r"def (_\w+)\(", path.read_text()))
        for page in (architecture.PAGE, paths.CHECKOUT / "CONTRIBUTING.md"):
            for name in HOOK.findall(page.read_text()):
                # A prefix stands for all that begin with it.
                known = any(other.startswith(name) for other in defined)
                self.assertTrue(known or name.endswith("_id"), f"{page.name}: {name}")

    def test_rooms_and_hooks(self):
        classes = [
            ("low/job", "m", False, set(), [("_after", False), ("_only", False)]),
            ("high", "m", False, set(), [("_after", True)]),
            ("low", "mixin", True, set(), [("_get", False)]),
            ("high", "other", True, {"mixin"}, [("_get", False)]),
        ]
        hooks = architecture._hooks(classes)
        self.assertEqual(hooks["m", "_after"], ("low/job", {"high"}))
        self.assertEqual(hooks["m", "_only"], ("low/job", set()))
        self.assertEqual(hooks["mixin", "_get"], ("low", {"high"}))
