"""The Python environment: Odoo's packages, the test tools and the OCA add-ons."""

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

from . import paths
from .console import lock, step

# Not the environment's own Python where a person has put that one on the PATH.
PYTHON = os.path.realpath(sys.executable)
LAYOUT = "1"  # to be raised when this file makes the environment differently
FILES = (paths.PINS / "odoo.txt", paths.PINS / "test.txt", paths.CHECKOUT / "requirements.txt")
COMMAND = """\
#!{python}
import runpy

runpy.run_module("odoo", run_name="__main__", alter_sys=True)
"""


def ensure(odoo):
    """Answer the environment's folder for this Odoo, made or remade where needed."""
    home = paths.CACHE / f"venv-{_key(odoo)}"
    if not (home / ".complete").exists():
        with lock("venv"):
            if not (home / ".complete").exists():
                _build(home, odoo)
    return home


def _key(odoo):
    parts = [LAYOUT, platform.python_version(), PYTHON, odoo.identity]
    parts += [path.read_text() for path in FILES]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _build(home, odoo):
    log = paths.LOGS / "pip.log"
    shutil.rmtree(home, ignore_errors=True)
    step("Creating the Python environment", _create(home), log=log)
    _link(home, odoo)
    install = [str(home / "bin" / "pip"), "install", "--disable-pip-version-check"]
    base, test, addons = map(str, FILES)
    command = [*install, "--requirement", base, "--requirement", test]
    step("Installing Python packages", command, log=log)
    # Their dependencies are all pinned, and resolving would build psycopg2 from its source.
    command = [*install, "--no-deps", "--requirement", addons]
    step("Installing the OCA add-ons", command, log=log)
    (home / ".complete").touch()


def _link(home, odoo):
    """Make Odoo importable, known to pip, and runnable as ``odoo``."""
    packages = next(home.glob("lib/python3*/site-packages"))
    (packages / "sercom-odoo.pth").write_text(f"{odoo.python_path}\n")
    if not list(odoo.python_path.glob("odoo-*-info")):
        info = packages / f"odoo-{odoo.series}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: odoo\nVersion: {odoo.series}\n"
        (info / "METADATA").write_text(metadata)
        (info / "RECORD").touch()
        (info / "INSTALLER").write_text("sercom\n")
    script = home / "bin" / "odoo"
    script.write_text(COMMAND.format(python=home / "bin" / "python"))
    script.chmod(0o755)


def tools(name):
    """Answer an environment for tools that run beside Odoo, pinned in ``dev/pins/<name>.txt``."""
    pins = paths.PINS / f"{name}.txt"
    key = hashlib.sha256("\n".join([PYTHON, pins.read_text()]).encode()).hexdigest()[:10]
    home = paths.CACHE / f"{name}-{key}"
    if not (home / ".complete").exists():
        with lock(name):
            if not (home / ".complete").exists():
                shutil.rmtree(home, ignore_errors=True)
                log = paths.LOGS / f"pip-{name}.log"
                step(f"Creating the environment of {name}", _create(home), log=log)
                install = [home / "bin" / "pip", "install", "--disable-pip-version-check"]
                command = [*map(str, install), "--requirement", str(pins)]
                step(f"Installing the packages of {name}", command, log=log)
                (home / ".complete").touch()
    return home


def _create(home):
    return [PYTHON, "-m", "venv", str(home)]


def addons(home):
    """Answer the folder of the add-ons that pip installed."""
    return next(Path(home).glob("lib/python3*/site-packages")) / "odoo" / "addons"
