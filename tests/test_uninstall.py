import os
import subprocess
import sys
import unittest
from pathlib import Path

from odoo.sql_db import db_connect
from odoo.tests import BaseCase, tagged

SCRIPTS = Path(__file__).parent / "scripts"


@tagged("post_install", "-at_install")
class TestUninstall(BaseCase):
    """The suite leaves a database with data as it found it, and comes back to it.

    Uninstalling changes the tables, so it is done on a database of its own, copied from the
    newest template that the tests start from.
    """

    def setUp(self):
        super().setUp()
        self.database = f"test-{os.getpid()}-uninstall"
        names = self._query(
            "SELECT datname FROM pg_database WHERE datname LIKE 'suite-%%'"
            " AND datname NOT LIKE '%%.partial' ORDER BY oid DESC LIMIT 1"
        )
        if not names:
            raise unittest.SkipTest("There is no template of the suite to copy; see dev/")
        self.addCleanup(self._query, f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        self._query(f'CREATE DATABASE "{self.database}" TEMPLATE "{names[0][0]}"')

    @classmethod
    def _query(cls, sql):
        """Run SQL that may make or drop a database, which no transaction can."""
        with db_connect("postgres").cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute(sql)
            return cr.fetchall() if cr.description else []

    def test_uninstall_and_install_again(self):
        self._run("uninstall_and_install.py", "Sercom was uninstalled and installed again")

    def test_uninstall_parts_alone(self):
        self._run("uninstall_parts.py", "Sercom goes on without parts")

    def _run(self, name, done):
        """Run a script in Odoo's shell on a database of its own, until it says ``done``."""
        with (SCRIPTS / name).open("rb") as script:
            result = subprocess.run(
                [
                    *(sys.executable, "-m", "odoo", "shell", "--no-http"),
                    *("--database", self.database, "--log-level", "error"),
                ],
                stdin=script,
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertIn(done, result.stdout, result.stderr[-4000:])
