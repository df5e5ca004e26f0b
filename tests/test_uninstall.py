import os
import subprocess
import sys
import unittest
from pathlib import Path

from odoo.sql_db import db_connect
from odoo.tests import BaseCase, tagged

SCRIPT = Path(__file__).parent / "scripts" / "uninstall_and_install.py"
DONE = "Sercom was uninstalled and installed again"


@tagged("post_install", "-at_install")
class TestUninstall(BaseCase):
    """The suite leaves a database with data as it found it, and comes back to it.

    Uninstalling changes the tables, so it is done on a database of its own, copied from the
    newest template that the tests start from.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = f"test-{os.getpid()}-uninstall"
        names = cls._query(
            "SELECT datname FROM pg_database WHERE datname LIKE 'suite-%%'"
            " AND datname NOT LIKE '%%.partial' ORDER BY oid DESC LIMIT 1"
        )
        if not names:
            raise unittest.SkipTest("There is no template of the suite to copy; see dev/")
        cls.addClassCleanup(cls._query, f'DROP DATABASE IF EXISTS "{cls.database}" WITH (FORCE)')
        cls._query(f'CREATE DATABASE "{cls.database}" TEMPLATE "{names[0][0]}"')

    @classmethod
    def _query(cls, sql):
        """Run SQL that may make or drop a database, which no transaction can."""
        with db_connect("postgres").cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute(sql)
            return cr.fetchall() if cr.description else []

    def test_uninstall_and_install_again(self):
        with SCRIPT.open("rb") as script:
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
        self.assertIn(DONE, result.stdout, result.stderr[-4000:])
