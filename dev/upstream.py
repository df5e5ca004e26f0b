"""`make upstream`: the tests of the add-ons Sercom builds on, with Sercom installed and without.

pytest-odoo runs the at-install tests too, on the database as it is in the end, in both runs alike.
A test that ends differently is run once more in both, so that chance is no difference. A difference
that is meant stands in ``dev/upstream_differences.ini`` with its reason; any other is a failure.
What came out without Sercom is kept: after a change of Sercom only the other half runs again.
"""

import configparser
import hashlib
import json
from collections import Counter

from . import paths, templates, testing, venv
from .console import Problem, say, step

ODOO = ("crm", "sale_crm", "sale_management", "sale_project", "sale_timesheet", "hr_attendance")
WITHOUT, WITH = "without Sercom", "with Sercom"
PREFIX = "odoo-addon-"
MEANT = paths.CHECKOUT / "dev" / "upstream_differences.ini"
FINISHED = (0, 1)  # pytest's status when it ran to its end


def run(workspace, names=()):
    """Run the tests both ways and print the differences; answer whether all are meant.

    :param names: the add-ons whose tests to run; by default those above and OCA's
    """
    targets = [str(folder) for folder in _targets(workspace, names)]
    templates_by_side = {
        WITHOUT: templates.dependencies(workspace),
        WITH: templates.ensure(workspace),
    }
    without, with_ = _both(workspace, templates_by_side, targets)
    different = [test for test in with_ if _differs(test, without, with_)]
    if different:
        say(f"{len(different)} tests ended differently: running them again.")
        again = _both(workspace, templates_by_side, different, "again-")
        for before, after in zip((without, with_), again, strict=True):
            before.update(after)
        different = [test for test in different if _differs(test, without, with_)]
    for side, found in zip(templates_by_side, (without, with_), strict=True):
        print(f"{side}: {_summary(found)}")
    reasons = _reasons()
    for test in different:
        line = f"{test}: {without.get(test, 'not run')} without Sercom, {with_[test]} with it"
        print(f"{line} ({reasons[_id(test)]})" if _id(test) in reasons else line)
    worse, needless = compare({_id(test): with_[test] for test in different}, reasons, with_)
    print(f"{len(worse)} tests fail with Sercom only, and no reason is given.")
    for test in needless:
        print(f"{MEANT.name}: {test} passes, and needs no reason.")
    return not worse and not needless


def compare(different, reasons, ran):
    """Answer the failures that nobody meant, and the reasons that no failure needs.

    :param different: ``{test: outcome with Sercom}`` of the tests that end differently without it
    :param reasons: ``{test: why its failure is meant}``
    :param ran: the tests that ran with Sercom, as pytest names them
    """
    failed = [test for test, outcome in different.items() if outcome == "failed"]
    worse = [test for test in failed if test not in reasons]
    return worse, sorted(set(reasons) & set(map(_id, ran)) - set(failed))


def _id(test):
    """Answer a test's name, from its add-on on: where its files are is another matter."""
    return test.rpartition("/addons/")[2]


def _reasons():
    """Answer ``{test: reason}``: the file has one to a line, and no sections."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str
    parser.read_string("[meant]\n" + (MEANT.read_text() if MEANT.exists() else ""))
    return dict(parser["meant"])


def _oca():
    """Answer the names of the OCA add-ons that Sercom requires."""
    lines = venv.FILES[2].read_text().splitlines()
    names = [line.removeprefix(PREFIX).partition("==")[0] for line in lines if PREFIX in line]
    return [name for name in names if not name.startswith("#")]


def _targets(workspace, names):
    """Answer the folders of tests: of those named, or of all that have any (a library has none)."""
    found = {name: _tests(workspace, name) for name in names or (*ODOO, *_oca())}
    without = [name for name, folder in found.items() if folder is None]
    if names and without:
        raise Problem(f"There are no tests of {', '.join(without)}")
    return [folder for folder in found.values() if folder]


def _tests(workspace, name):
    for folder in (*workspace.odoo.addons, venv.addons(workspace.venv)):
        if (folder / name / "tests").is_dir():
            return folder / name / "tests"
    return None


def _both(workspace, templates_by_side, targets, prefix=""):
    return [
        _outcomes(workspace, side, template, targets, prefix)
        for side, template in templates_by_side.items()
    ]


def _outcomes(workspace, side, template, targets, prefix):
    """Run tests on a copy of a template; answer ``{test: outcome}``."""
    slug = f"upstream-{prefix}{side.split()[0]}"
    answer = paths.STATE / f"{slug}.json"
    key = hashlib.sha256("\n".join([template, *targets]).encode()).hexdigest()[:10]
    known = paths.STATE / f"{slug}-{key}.json"
    if known.exists():
        say(f"Tests {side}: known from an earlier run ({known})")
        return json.loads(known.read_text())
    with testing.throwaway(template) as name:
        environment = {
            **workspace.environment(),
            "PYTHONPATH": str(testing.PLUGIN),
            "SERCOM_OUTCOMES": str(answer),
        }
        command = [
            *(str(workspace.venv / "bin" / "pytest"), "-rfE", "--tb=short"),
            *("-p", "sercom_outcomes", "-p", "no:cacheprovider", "--config-file=/dev/null"),
            *("--rootdir", str(paths.CACHE), "--odoo-http", "--odoo-database", name, *targets),
        ]
        log = paths.STATE_LOGS / f"{slug}.log"
        label = f"Tests {side} (log: {log})"
        step(label, command, log=log, allowed=FINISHED, env=environment, cwd=paths.CACHE)
    if side == WITHOUT and not prefix:
        answer.rename(known)
        answer = known
    return json.loads(answer.read_text())


def _differs(test, without, with_):
    return without.get(test) != with_[test]


def _summary(found):
    return ", ".join(f"{count} {outcome}" for outcome, count in Counter(found.values()).items())
