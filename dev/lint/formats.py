"""Checks of XML, JavaScript and styles: prettier and eslint, from npm."""

import hashlib
import shutil
from subprocess import CompletedProcess

from .. import node, paths
from ..console import lock, step
from .files import run, tracked

SOURCES = [
    paths.CHECKOUT / "dev" / "lint" / name
    for name in ("package.json", "package-lock.json", "eslint.config.mjs")
]
FORMATTED = ("*.xml", "*/static/*.js", "*/static/*.scss", "static/*.js", "static/*.scss")
SCRIPTS = ("*/static/*.js", "static/*.js")
NOTHING = CompletedProcess([], 0, "")


def _home():
    """Answer the folder of the npm packages, installed in the cache as their lock file says."""
    key = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()[:10]
    home = paths.CACHE / f"npm-{key}"
    if not (home / ".complete").exists():
        with lock("npm"):
            if not (home / ".complete").exists():
                _install(home)
    return home


def _install(home):
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for path in SOURCES:
        shutil.copy(path, home)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    log = paths.LOGS / "npm.log"
    step("Installing prettier and eslint", command, log=log, cwd=home, env=node.environment())
    (home / ".complete").touch()


def _prettier(mode):
    files = tracked(*FORMATTED)
    if not files:
        return NOTHING
    home = _home()
    plugin = home / "node_modules" / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    program = home / "node_modules" / ".bin" / "prettier"
    return run([program, mode, "--plugin", plugin, *files], env=node.environment())


def prettier(_workspace):
    """Check that the files are formatted as prettier would."""
    return _prettier("--check")


def eslint(_workspace):
    """Check the add-ons' JavaScript."""
    files = tracked(*SCRIPTS)
    if not files:
        return NOTHING
    home = _home()
    program = home / "node_modules" / ".bin" / "eslint"
    settings = home / "eslint.config.mjs"
    command = [program, "--config", settings, "--max-warnings=0", *files]
    return run(command, env=node.environment())


def fix(_workspace):
    """Rewrite the files as prettier wants them."""
    _prettier("--write")
