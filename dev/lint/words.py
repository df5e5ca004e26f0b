"""Words that Odoo 19 no longer knows, and that no other linter finds."""

import configparser
import fnmatch
import re
from subprocess import CompletedProcess

from .. import paths
from .files import tracked

LIST = paths.CHECKOUT / "dev" / "lint" / "banned.ini"
ALLOWED = "banned-ok:"


def banned(_workspace=None):
    """Look for the banned words in all but this tooling."""
    found = [
        f"{name}:{number}: {rule} → {instead}"
        for name in tracked("*.py", "*.xml", "*.js", "*.csv", "*.scss", without=["dev"])
        for number, rule, instead in _findings(name, (paths.CHECKOUT / name).read_text())
    ]
    return CompletedProcess([], int(bool(found)), "\n".join(found))


def _rules():
    rules = configparser.ConfigParser(interpolation=None)
    rules.read(LIST)
    for rule in rules.sections():
        section = rules[rule]
        pattern = re.compile(section["pattern"], re.MULTILINE)
        yield rule, section["files"].split(), pattern, section["instead"]


def _findings(name, text):
    """Yield the line number, the rule and the remedy of each banned word in a file."""
    lines = text.splitlines()
    for rule, globs, pattern, instead in _rules():
        if not any(fnmatch.fnmatch(name, glob) for glob in globs):
            continue
        for match in pattern.finditer(text):
            number = text.count("\n", 0, match.start()) + 1
            if ALLOWED not in lines[number - 1]:
                yield number, rule, instead
