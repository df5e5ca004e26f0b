import os
from types import SimpleNamespace
from unittest import TestCase

from .. import database, demo, testing
from ..console import Problem

NAME = f"{testing.PREFIX}{os.getpid()}-demo"


def _refuse(label, *arguments, log):
    raise Problem(f"{label}: failed with status 255")


class TestDemo(TestCase):
    def setUp(self):
        for name in (NAME, f"{NAME}.partial"):
            self.addCleanup(database.drop, name)
        database.query(f'CREATE DATABASE "{NAME}"')
        database.query("CREATE TABLE ir_module_module (name text, state text)", NAME)
        self.workspace = SimpleNamespace(
            odoo=SimpleNamespace(identity="of these tests"), run=_refuse
        )

    def test_a_demo_that_is_too_old_says_what_to_do(self):
        database.note(NAME, "{}")
        with self.assertRaises(Problem) as caught:
            demo.ensure(self.workspace, NAME)
        self.assertIn(f"make run DB={NAME} FRESH=1", str(caught.exception))
        self.assertEqual(database.note(NAME), "{}", "it is as it was")
        self.assertFalse(database.exists(f"{NAME}.partial"))

    def test_an_update_takes_the_place_of_what_there_was(self):
        def install(label, *arguments, log):
            names = arguments[arguments.index("--init") + 1].split(",")
            rows = ", ".join(f"('{name}', 'installed')" for name in names)
            database.query(
                f"INSERT INTO ir_module_module VALUES {rows}",
                arguments[arguments.index("--database") + 1],
            )

        self.workspace.run = install
        demo.ensure(self.workspace, NAME)
        self.assertFalse(database.exists(f"{NAME}.partial"))
        self.assertFalse(database.not_installed(NAME, ["sercom_requests"]))
        self.workspace.run = _refuse  # nothing is left to do
        demo.ensure(self.workspace, NAME)
