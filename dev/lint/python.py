"""Checks of Python and of the add-ons' structure: ruff, pylint-odoo and OCA's hooks."""

from .. import addons, paths, venv
from .files import run, tracked

MENDED = "xml-header-missing,xml-header-wrong,xml-tag-position,xml-field-numeric-without-eval"
SETTINGS = paths.CHECKOUT / "dev" / "lint"


def tool(name):
    """Answer the path of a lint tool."""
    return venv.tools("lint") / "bin" / name


def folders():
    """Answer the add-ons' folders; the root's is its link, whose name is the add-on's."""
    others = [folder for folder in addons.suite().values() if folder != paths.CHECKOUT]
    return [paths.ROOT_ADDON, *others]


def ruff(_workspace):
    """Run ruff's linter, then its formatter."""
    result = run([tool("ruff"), "check", "."])
    if not result.returncode:
        result = run([tool("ruff"), "format", "--check", "."])
    return result


def pylint(settings, *options, **environment):
    """Run pylint on the add-ons, with one of the settings of this folder."""
    # From the links: pylint takes a module's name from the folder it runs in.
    command = [tool("pylint"), f"--rcfile={SETTINGS / settings}", "--ignore=addons,dev", *options]
    return run([*command, *folders()], cwd=paths.LINKS, **environment)


def pylint_odoo(_workspace):
    """Run OCA's checks of Odoo's habits.

    Three are left out: ``missing-readme``, as the repository has one README and an add-on's
    summary says the rest; ``consider-merging-classes-inherited``, as a file past 400 lines has two
    subjects; and ``missing-return``, as a hook that answers nothing has nothing to return.
    """
    left_out = "--disable=missing-readme,consider-merging-classes-inherited,missing-return"
    return pylint("pylint-odoo.ini", left_out)


def oca_hooks(_workspace):
    """Run OCA's checks of manifests, XML and translations."""
    result = run([tool("oca-checks-odoo-module"), *folders()])
    translations = _translations()
    if translations and not result.returncode:
        result = run([tool("oca-checks-po"), *translations])
    return result


def _translations():
    return tracked("*.po", "*.pot")


def fix(_workspace):
    """Rewrite Python as ruff wants it, and what OCA's hooks can mend of XML and translations."""
    run([tool("oca-checks-odoo-module"), "--fix", f"--enable={MENDED}", *folders()])
    if translations := _translations():
        run([tool("oca-checks-po"), "--fix", "--enable=po-pretty-format", *translations])
    run([tool("ruff"), "check", "--fix", "--quiet", "."])
    run([tool("ruff"), "format", "--quiet", "."])
