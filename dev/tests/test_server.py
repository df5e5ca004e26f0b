import configparser
import os
import stat
import subprocess
import tempfile
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from .. import database, demo, paths, server, testing, workspace
from ..console import Problem

NAME = f"{testing.PREFIX}{os.getpid()}-of-the-server"


class TestServers(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name in ("STATE", "CONF"):
            path = Path(folder.name) / ("" if name == "STATE" else "odoo.conf")
            found = patch.object(paths, name, path)
            found.start()
            self.addCleanup(found.stop)

    def _start(self, port):
        """Run a process that looks like Odoo's, noted as the server on a port."""
        script = "import time; print('ready', flush=True); time.sleep(60)"
        program = ["python3", "-c", script, "odoo"]
        process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "ready\n")
        paths.server_pid(port).write_text(str(process.pid))
        return process

    def test_stop_ends_the_server_of_every_port(self):
        processes = [self._start(port) for port in (8069, 8070)]
        server.stop(seconds=0)
        self.assertEqual([process.wait(10) for process in processes], [-15, -15])

    def test_stop_leaves_a_process_alone_that_took_an_old_number(self):
        with subprocess.Popen(["sleep", "60"]) as other:
            paths.server_pid(8069).write_text(str(other.pid))
            server.stop(seconds=0)
            self.assertIsNone(other.poll())
            other.kill()
        self.assertFalse(paths.server_pid(8069).exists())

    def test_no_list_of_databases_and_a_password_nobody_knows(self):
        passwords = set()
        for _attempt in range(2):
            workspace._configure()
            conf = configparser.ConfigParser(interpolation=None)
            conf.read(paths.CONF)
            self.assertEqual(conf["options"]["list_db"], "False")
            passwords.add(conf["options"]["admin_passwd"])
        self.assertEqual(len(passwords), 2)
        self.assertGreater(min(map(len, passwords)), 40)
        self.assertEqual(stat.S_IMODE(paths.CONF.stat().st_mode), 0o600)

    def test_the_host_of_a_copy_is_its_own(self):
        self.assertEqual(server._host(demo.NAME), server.HOST)
        self.assertEqual(server._host("trial"), "trial.localhost")


class TestCopy(TestCase):
    def setUp(self):
        self.addCleanup(database.drop, NAME)
        self.addCleanup(database.drop, f"{NAME}-2")
        database.query(f'CREATE DATABASE "{NAME}"')
        parameters = "CREATE TABLE ir_config_parameter (key varchar UNIQUE, value varchar)"
        database.query(parameters, NAME)
        database.set_parameters(NAME, database__uuid="original")
        database.note(NAME, '{"base": "1"}')
        for target, name, value in (
            (demo, "NAME", NAME),
            (demo, "ensure", lambda workspace: None),
            (testing, "PREFIX", "no such prefix"),
        ):
            found = patch.object(target, name, value)
            found.start()
            self.addCleanup(found.stop)

    def test_a_copy_knows_what_it_is_made_of_and_is_another_database(self):
        demo.copy(None, f"{NAME}-2")
        self.assertEqual(database.note(f"{NAME}-2"), '{"base": "1"}')
        [uuid] = database.query("SELECT value FROM ir_config_parameter", f"{NAME}-2")
        self.assertRegex(uuid, r"^[0-9a-f-]{36}$")

    def test_a_copy_is_not_overwritten_unless_asked(self):
        demo.copy(None, f"{NAME}-2")
        with self.assertRaisesRegex(Problem, "FRESH=1"):
            demo.copy(None, f"{NAME}-2")
        demo.copy(None, f"{NAME}-2", fresh=True)

    def test_the_tooling_s_own_databases_are_no_copies(self):
        for name in (NAME, "postgres", "suite-x"):
            with self.assertRaisesRegex(Problem, "another use"):
                demo.copy(None, name)

    def test_a_served_database_is_copied(self):
        program = [*("psql", "--no-psqlrc", "--quiet", "-At"), "--dbname", NAME]
        with subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as session:
            session.stdin.write("SELECT 1;\n")
            session.stdin.flush()
            self.assertEqual(session.stdout.readline(), "1\n")
            demo.copy(None, f"{NAME}-2")
            session.stdin.close()
        self.assertTrue(database.exists(f"{NAME}-2"))


class TestUpdate(TestCase):
    def test_what_cannot_be_updated_says_the_way_out(self):
        """A database of older code may not take the new one's views: the demo begins anew."""

        class Broken:
            def run(self, label, *_arguments, **_options):
                raise Problem(f"{label}: failed with status 255.")

        self.addCleanup(database.drop, NAME)
        database.query(f'CREATE DATABASE "{NAME}"')
        database.query("CREATE TABLE ir_module_module (name varchar, state varchar)", NAME)
        with (
            patch.object(demo, "_digests", return_value={"base": "1", "sercom": "2"}),
            self.assertRaisesRegex(Problem, f"(?s)status 255.*make run DB={NAME} FRESH=1"),
        ):
            demo.update(Broken(), NAME)
