import tempfile
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from .. import addons, paths, venv


class TestAddons(TestCase):
    def test_each_comes_after_what_it_depends_on(self):
        done = set()
        for name, folder in addons.suite().items():
            mine = set(addons.manifest(folder)["depends"]) & set(addons.suite())
            self.assertLessEqual(mine, done, name)
            done.add(name)

    def test_closure_is_in_the_order_of_installation(self):
        # Those above the roles are no part of it, and come last.
        suite, whole = list(addons.suite()), addons.closure(["sercom"])
        self.assertEqual(whole, suite[: len(whole)])
        self.assertEqual(whole[-1], "sercom")
        for name in suite[len(whole) :]:
            self.assertIn("sercom", addons.manifest(addons.suite()[name])["depends"])
        self.assertEqual(addons.closure(["sercom_requests"]), ["sercom_requests"])
        self.assertEqual(addons.closure(["crm"]), [])

    def test_external_add_ons_are_those_of_others(self):
        external = set(addons.external())
        self.assertIn("fieldservice_sale", external)
        self.assertFalse(external & set(addons.suite()))

    def test_owner_of_a_path(self):
        jobs = paths.ADDONS / "sercom_jobs"
        self.assertEqual(addons.owner(jobs / "models" / "fsm_order.py"), "sercom_jobs")
        self.assertEqual(addons.owner(paths.CHECKOUT / "tests"), "sercom")

    def test_oca_requirements_are_pinned(self):
        lines = [line for line in venv.FILES[2].read_text().splitlines() if line[:1].isalpha()]
        self.assertTrue(lines)
        for line in lines:
            self.assertRegex(line, r"^[\w.-]+==[\d.]+$")


class TestDigest(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        suite = patch.object(addons, "suite", lambda: {"x": self.folder, "sercom": self.folder})
        suite.start()
        self.addCleanup(suite.stop)

    def _digest(self, name="x"):
        return addons.digest.__wrapped__(name)

    def _write(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def test_follows_what_is_installed(self):
        seen = {self._digest()}
        for path in ("models/a.py", "views/a.xml", "i18n/fr_CA.po", "data/a.csv"):
            self._write(path, "one")
            seen.add(self._digest())
            self._write(path, "two")
            seen.add(self._digest())
        self.assertEqual(len(seen), 9)

    def test_ignores_what_is_not(self):
        before = self._digest()
        for path in ("tests/a.py", "static/src/a.js", "README.md", ".x", "data/demo/load.py"):
            self._write(path, "one")
            self.assertEqual(self._digest(), before, path)

    def test_the_root_add_on_ignores_its_neighbours(self):
        before = self._digest("sercom")
        for path in ("addons/y/a.py", "dev/a.py", "docs/a.xml", "Makefile"):
            self._write(path, "one")
            self.assertEqual(self._digest("sercom"), before, path)
        self._write("security/a.xml", "one")
        self.assertNotEqual(self._digest("sercom"), before)
