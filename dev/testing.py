"""`make test`: pytest-odoo on a throwaway copy of a template database."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import addons, database, paths, templates
from .console import Problem

PLUGIN = paths.CHECKOUT / "dev" / "plugin"
PREFIX = "test-"


def run(workspace, targets, keyword=None, workers=None):
    """Run the tests and answer pytest's status.

    :param targets: what to test, as typed: folders, files or ``file::Class::test``; none for all
    :param keyword: pytest's ``-k``
    :param workers: the number of processes, pytest-xdist's ``-n``
    """
    names = {addons.owner(_path(target)) for target in targets} or None
    template = templates.ensure(workspace, names)
    with throwaway(template) as name:
        command = [
            str(workspace.venv / "bin" / "pytest"),
            *("--config-file", str(paths.CHECKOUT / "pyproject.toml")),
            *("--rootdir", str(paths.CHECKOUT)),
            # The checkout's own __init__.py is the root add-on's, not a package of them all.
            *("--confcutdir", str(paths.ADDONS)),
            *("-p", "sercom_pytest", "--odoo-http", "--odoo-database", name),
            *(["-k", keyword] if keyword else []),
            *(["-n", str(workers)] if workers else []),
            *(_arguments(targets) or _everything()),
        ]
        environment = {**workspace.environment(), "PYTHONPATH": str(PLUGIN)}
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
