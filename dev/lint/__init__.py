"""`make lint`: every check of the code, two at a time."""

import time
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess

from ..console import Problem, say
from . import directions, files, formats, odoo, overrides, python, sudo, words

WORKERS = 2  # checks at a time
# In the order of telling; those of ``SLOW`` begin first.
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
    slow = {} if quick else SLOW
    failed = []
    with ThreadPoolExecutor(WORKERS) as pool:
        checks = {**slow, "pylint-odoo": QUICK["pylint-odoo"], **QUICK}
        runs = {name: pool.submit(_timed, check, workspace) for name, check in checks.items()}
        for name in (*QUICK, *slow):
            result, seconds = runs[name].result()
            say(f"{'FAILED' if result.returncode else 'ok':8}{name} ({seconds:.1f} s)")
            if result.returncode:
                failed.append(name)
            if result.returncode or result.stdout and name in REMARKS:
                say(f"{result.stdout.strip()}\n")
    say(f"Failed: {', '.join(failed)}" if failed else "Every check passed.")
    return not failed


def _timed(check, workspace):
    start = time.monotonic()
    return _result(check, workspace), time.monotonic() - start


def _result(check, workspace):
    try:
        return check(workspace)
    except Problem as problem:
        return CompletedProcess([], 1, str(problem))


def fix(workspace):
    """Rewrite the files as the formatters want them."""
    for rewrite in (python.fix, formats.fix):
        rewrite(workspace)
