"""All that a command needs, made ready once: Odoo, Python, PostgreSQL and the configuration."""

import configparser
import os
import secrets
import shlex
from dataclasses import dataclass
from pathlib import Path

from . import debian, odoo, paths, postgres, venv
from .console import step


@dataclass(frozen=True)
class Workspace:
    """A checkout that is ready to run Odoo."""

    odoo: odoo.Odoo
    venv: Path

    def variables(self):
        """Answer the environment variables that lead to this checkout's Odoo and database."""
        programs = (self.venv / "bin", postgres.folder())
        path = [*map(str, programs), os.environ.get("PATH", os.defpath)]
        return {
            **postgres.environment(),
            "ODOO_RC": str(paths.CONF),
            "PATH": os.pathsep.join(dict.fromkeys(path)),
        }

    def environment(self):
        """Answer the whole environment of a process that runs Odoo.

        What Python compiles is kept in the cache: Odoo starts in half the time, and nothing is
        written into the checkout.
        """
        others = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {**others, "PYTHONPYCACHEPREFIX": str(paths.CACHE / "pyc"), **self.variables()}

    def exports(self):
        """Answer shell text that sets the variables in a person's shell."""
        return "\n".join(f"export {k}={shlex.quote(v)}" for k, v in self.variables().items())

    def command(self, *arguments):
        """Answer the command that runs Odoo."""
        return [str(self.venv / "bin" / "odoo"), *map(str, arguments)]

    def run(self, label, *arguments, log):
        """Run Odoo as a long step; its output goes to this log of the checkout's."""
        command = self.command(*arguments)
        # Not from the checkout: Python must not see its folders as packages.
        options = {"env": self.environment(), "cwd": paths.STATE}
        return step(label, command, log=paths.STATE_LOGS / log, **options)


def prepare(packages=debian.FOR_SERVER):
    """Get and start what is missing; answer the workspace.

    :param packages: the Debian packages that the command needs
    """
    debian.require(packages)
    paths.prepare()
    home = odoo.find()
    environment = venv.ensure(home)
    postgres.ensure()
    _configure()
    return Workspace(home, environment)


def _configure():
    """Write Odoo's settings, for this user's eyes only.

    Nobody needs the master password: databases are made and dropped by this tooling. It is
    another one each time, so that nobody gets used to one.
    """
    conf = configparser.ConfigParser()
    conf["options"] = {
        "addons_path": f"{paths.ADDONS},{paths.LINKS}",
        "data_dir": str(paths.DATA),
        "admin_passwd": secrets.token_urlsafe(32),
        "db_host": str(paths.SOCKET),
        "db_port": postgres.PORT,
        "db_user": postgres.USER,
        "list_db": "False",
        "http_interface": "127.0.0.1",
        "workers": "0",
        "limit_time_real": "0",
        "limit_memory_soft": "0",
        "limit_memory_hard": "0",
    }
    partial = paths.CONF.with_suffix(f".{os.getpid()}.partial")
    with open(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        conf.write(file)
    partial.replace(paths.CONF)
