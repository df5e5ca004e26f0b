import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest import TestCase
from unittest.mock import patch

from .. import upstream

MINE = "odoo/addons/crm/tests/test_a.py::TestA::test_mine"
THEIRS = "odoo/addons/crm/tests/test_a.py::TestA::test_theirs"


class TestDifferences(TestCase):
    def test_a_test_is_named_from_its_add_on_on(self):
        self.assertEqual(upstream._id(MINE), "crm/tests/test_a.py::TestA::test_mine")

    def test_an_add_on_without_tests_is_left_out_unless_named(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "crm" / "tests").mkdir(parents=True)
            workspace = SimpleNamespace(odoo=SimpleNamespace(addons=(Path(folder),)), venv=None)
            with (
                patch.object(upstream, "ODOO", ("crm",)),
                patch.object(upstream, "_oca", lambda: ["a_library"]),
                patch.object(upstream.venv, "addons", lambda venv: Path(folder)),
            ):
                self.assertEqual(upstream._targets(workspace, ()), [Path(folder) / "crm" / "tests"])
                with self.assertRaisesRegex(upstream.Problem, "a_library"):
                    upstream._targets(workspace, ("crm", "a_library"))

    def test_a_failure_with_a_reason_is_none(self):
        mine, theirs = map(upstream._id, (MINE, THEIRS))
        failed = {mine: "failed", theirs: "failed"}
        ran = [MINE, THEIRS]
        self.assertEqual(upstream.compare(failed, {}, ran), ([mine, theirs], []))
        self.assertEqual(upstream.compare(failed, {mine: "meant"}, ran), ([theirs], []))
        self.assertEqual(upstream.compare({mine: "passed"}, {}, ran), ([], []))

    def test_a_reason_that_nothing_needs(self):
        mine = upstream._id(MINE)
        self.assertEqual(upstream.compare({}, {mine: "meant"}, [MINE]), ([], [mine]))
        self.assertEqual(upstream.compare({}, {mine: "meant"}, [THEIRS]), ([], []), "not run")

    def test_the_file_of_reasons(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "differences.ini"
            with patch.object(upstream, "MEANT", file):
                self.assertEqual(upstream._reasons(), {})
                file.write_text("; Meant.\n\ncrm/tests/test_a.py::TestA::test_b = It: is = so.\n")
                reasons = {"crm/tests/test_a.py::TestA::test_b": "It: is = so."}
                self.assertEqual(upstream._reasons(), reasons)

    def test_every_difference_has_a_reason(self):
        for test, reason in upstream._reasons().items():
            self.assertRegex(test, r"^\w+/tests/[\w/]+\.py::\w+::\w+$")
            self.assertTrue(reason, test)
