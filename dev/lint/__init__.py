"""`make lint`: every check of the code, one after the other."""

import time
from subprocess import CompletedProcess

from ..console import Problem, say
from . import directions, files, formats, odoo, overrides, python, sudo, words

# In the order of running; the second half needs the suite's database.
QUICK = {
    "ruff": python.ruff,
    "banned words": words.banned,
    "directions": directions.directions,
    "overrides": overrides.overrides,
    "sudo": sudo.sudo,
    "long files": files.long,
    "prettier": formats.prettier,
    "eslint": formats.eslint,
    "oca hooks": python.oca_hooks,
    "pylint-odoo": python.pylint_odoo,
    "upgrade_code": odoo.upgrade_code,
}
REMARKS = ("long files",)  # what these say is shown though it is no failure
SLOW = {
    "pylint of test_lint": odoo.pylint,
    "test_lint": odoo.test_lint,
}


def run(workspace, quick=False):
    """Run the checks and answer whether all passed.

    :param quick: leave out those that need a database or a minute
    """
    failed = []
    for name, check in {**QUICK, **({} if quick else SLOW)}.items():
        start = time.monotonic()
        result = _result(check, workspace)
        seconds = time.monotonic() - start
        say(f"{'FAILED' if result.returncode else 'ok':8}{name} ({seconds:.1f} s)")
        if result.returncode:
            failed.append(name)
        if result.returncode or result.stdout and name in REMARKS:
            say(f"{result.stdout.strip()}\n")
    say(f"Failed: {', '.join(failed)}" if failed else "Every check passed.")
    return not failed


def _result(check, workspace):
    try:
        return check(workspace)
    except Problem as problem:
        return CompletedProcess([], 1, str(problem))


def fix(workspace):
    """Rewrite the files as the formatters want them."""
    for rewrite in (python.fix, formats.fix):
        rewrite(workspace)
