"""`make test`: pytest-odoo on a throwaway copy of a template database."""

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from . import addons, axe, clock, database, paths, postgres, templates
from .console import Problem, say

PLUGIN = paths.CHECKOUT / "dev" / "plugin"
PREFIX = "test-"
WORKERS = "2"  # processes, by default
NO_TESTS = 5  # pytest's status where it found none


@dataclass(frozen=True)
class Selection:
    """Which tests to run, and how."""

    targets: tuple = ()  # folders, files or ``file::Class::test``, as typed; none for all
    keyword: str = None  # pytest's ``-k``
    workers: str = None  # the number of processes, pytest-xdist's ``-n``
    moment: str = None  # what the clock shall say, see ``clock.parse``
    slow: bool = False  # also the slow ones of a folder
    today: bool = False  # only those that read the clock
    screens: bool = False  # only those that hold a phone or run HOOT; with ``today``, both

    def arguments(self):
        """Answer pytest's arguments."""
        workers = self.workers or ("0" if self._is_small() else WORKERS)
        return [
            *(["-k", self.keyword] if self.keyword else []),
            *(["-m", markers] if (markers := self._markers()) else []),
            # A class stays in one process: what it sets up is set up once.
            *(["-n", workers, "--dist", "loadscope"] if workers not in ("0", "1") else []),
            *(_arguments(self.targets) or _everything()),
        ]

    def _is_small(self):
        return bool(self.targets) and all(_path(target).is_file() for target in self.targets)

    def _markers(self):
        """Leave the slow tests to whoever runs all, or names them."""
        named = not self.targets or self.keyword or self._is_small()
        kinds = {"today": self.today, "screens": self.screens}
        if wanted := [kind for kind, is_wanted in kinds.items() if is_wanted]:
            return " or ".join(wanted)
        return "" if self.slow or named else "not slow"


def run(workspace, selection):
    """Run tests on a database of the add-ons that they need; answer pytest's status."""
    names = {addons.owner(_path(target)) for target in selection.targets} or None
    return _run(workspace, templates.ensure(workspace, names), selection)


def run_alone(workspace, selection, names):
    """Run the tests of each add-on where nothing but what it declares is installed.

    :param names: the add-ons; the root add-on has the whole suite and is left out
    :return: the worst of pytest's statuses
    """
    status = 0
    for name in names:
        if name == addons.ROOT or not (folder := addons.suite()[name] / "tests").is_dir():
            continue
        template = templates.alone(workspace, name)
        say(f"{name}, alone:")
        answer = _run(workspace, template, replace(selection, targets=(str(folder),), slow=True))
        status = max(status, 0 if answer == NO_TESTS else answer)
    return status


def _run(workspace, template, selection):
    time = clock.variables(selection.moment)
    with postgres.clock(time), throwaway(template) as name:
        command = [
            str(workspace.venv / "bin" / "pytest"),
            *("--config-file", str(paths.CHECKOUT / "pyproject.toml")),
            *("--rootdir", str(paths.CHECKOUT)),
            # The checkout's own __init__.py is the root add-on's, not a package of them all.
            *("--confcutdir", str(paths.ADDONS)),
            *("-p", "sercom_pytest", "-p", "sercom_warm", "--odoo-http", "--odoo-database", name),
            *selection.arguments(),
        ]
        environment = {
            **workspace.environment(),
            **time,
            "PYTHONPATH": str(PLUGIN),
            axe.VARIABLE: str(axe.script()),
        }
        return subprocess.run(command, env=environment, cwd=paths.CHECKOUT, check=False).returncode


@contextmanager
def throwaway(template, suffix=""):
    """Lend a copy of a template database, and drop it; also those of killed runs.

    :param suffix: ends the name of a second copy that is lent at the same time
    """
    for name in database.names():
        if name.startswith(PREFIX) and not Path(f"/proc/{name.split('-')[1]}").exists():
            database.drop(name)
    name = f"{PREFIX}{os.getpid()}{suffix}"
    database.copy(template, name)
    try:
        yield name
    finally:
        database.drop(name)


def _path(target):
    path = Path(target.partition("::")[0])
    path = path if path.is_absolute() else paths.CHECKOUT / path
    if not path.exists():
        raise Problem(f"There is no {target} to test")
    return path


def _arguments(targets):
    """Answer pytest's arguments; what belongs to the root add-on is named through its link.

    Only there is its folder called as the add-on, whatever the checkout's own folder is called.
    """
    arguments = []
    for target in targets:
        path = _path(target)
        if addons.owner(path) == addons.ROOT:
            path = paths.ROOT_ADDON / path.resolve().relative_to(paths.CHECKOUT)
        selection = target.partition("::")[2]
        arguments.append(f"{path}::{selection}" if selection else str(path))
    return arguments


def _everything():
    folders = [folder / "tests" for folder in addons.suite().values() if folder != paths.CHECKOUT]
    folders += [paths.ROOT_ADDON / "tests", paths.ROOT_ADDON / "dev" / "tests"]
    return [str(folder) for folder in folders if folder.is_dir()]
