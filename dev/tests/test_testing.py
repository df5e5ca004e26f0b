import os
import subprocess
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from .. import addons, clock, testing
from ..console import Problem

JOBS = "addons/sercom_jobs"
FILE = f"{JOBS}/tests/job/test_tools.py"


class TestSelection(TestCase):
    def _arguments(self, *targets, **options):
        return testing.Selection(targets, **options).arguments()

    def test_all_runs_the_slow_tests_and_a_folder_leaves_them_out(self):
        self.assertNotIn("-m", self._arguments())
        self.assertEqual(self._arguments(JOBS)[:2], ["-m", "not slow"])
        self.assertNotIn("-m", self._arguments(JOBS, slow=True))
        self.assertNotIn("-m", self._arguments(JOBS, keyword="together"))
        self.assertNotIn("-m", self._arguments(FILE))

    def test_those_that_read_the_clock(self):
        self.assertEqual(self._arguments(today=True)[:2], ["-m", "today"])
        self.assertEqual(self._arguments(JOBS, today=True)[:2], ["-m", "today"])

    def test_those_that_open_a_screen(self):
        self.assertEqual(self._arguments(JOBS, screens=True)[:2], ["-m", "screens"])
        both = self._arguments(today=True, screens=True)
        self.assertEqual(both[:2], ["-m", "today or screens"])

    def test_two_processes_but_for_a_file(self):
        self.assertIn("-n", self._arguments())
        self.assertIn("-n", self._arguments(JOBS))
        self.assertNotIn("-n", self._arguments(FILE))
        self.assertNotIn("-n", self._arguments(f"{FILE}::TestX"))
        self.assertNotIn("-n", self._arguments(workers="1"))


class TestClock(TestCase):
    def test_distance_to_a_moment(self):
        now = datetime(2026, 11, 29, 2, 40, tzinfo=timezone.utc)
        for text, seconds in (
            ("2026-11-29 02:40", 0),
            ("2026-11-29T03:40Z", 3600),
            ("2026-11-28 21:40-05:00", 0),
            ("2026-11-28", -26 * 3600 - 40 * 60),
        ):
            self.assertEqual(clock.parse(text, now), seconds, text)

    def test_no_moment(self):
        with self.assertRaisesRegex(Problem, "CLOCK="):
            clock.parse("tomorrow")

    def test_a_process_has_another_date_and_the_same_patience(self):
        script = (
            "import time, threading, datetime as d; start = time.monotonic();"
            "time.sleep(0.1); threading.Event().wait(0.1); threading.Lock().acquire(timeout=0.1);"
            "print(d.datetime.now().year, d.date.today().year, time.gmtime().tm_year,"
            " 0.2 < time.monotonic() - start < 30)"
        )
        for year in (2024, 2031):
            environment = {**os.environ, **clock.variables(f"{year}-06-15")}
            answer = subprocess.run(
                ["python3", "-c", script], env=environment, capture_output=True, text=True
            )
            self.assertEqual(answer.stdout.split(), [str(year)] * 3 + ["True"], answer.stderr)


class TestChanged(TestCase):
    def test_the_add_ons_that_changed_since_the_main_branch(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            for addon in ("one", "two"):
                (folder / "addons" / addon).mkdir(parents=True)
                (folder / "addons" / addon / "__manifest__.py").write_text("{}")

            def git(*words):
                person = ("-c", "user.name=A", "-c", "user.email=a@example.com")
                subprocess.run(["git", *person, *words], cwd=folder, check=True)

            git("init", "--quiet", "--initial-branch=main")
            git("add", ".")
            git("commit", "--quiet", "--message=first")
            suite = {addon: folder / "addons" / addon for addon in ("one", "two")}
            with (
                patch.object(addons.paths, "CHECKOUT", folder),
                patch.object(addons, "suite", lambda: suite),
            ):
                (folder / "addons" / "one" / "a.py").write_text("")
                git("add", ".")
                git("commit", "--quiet", "--message=second")
                self.assertEqual(addons.changed(), ["one"], "on main: its last commit")
                git("switch", "--quiet", "--create=feature")
                self.assertEqual(addons.changed(), ["one"])
                (folder / "addons" / "two" / "new.py").write_text("")
                self.assertEqual(addons.changed(), ["one", "two"])
                git("add", ".")
                git("commit", "--quiet", "--message=third")
                self.assertEqual(addons.changed(), ["two"])
