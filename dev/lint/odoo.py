"""Odoo's own checks: its test_lint add-on, and what its upgrade scripts would rewrite."""

from .. import addons, paths, templates, testing
from . import python
from .files import run

# The first three are covered by other checks of `make lint`; the last reads all of Odoo.
LEFT_OUT = ("test_checkers.py", "test_pylint.py", "test_eslint.py", "test_markers.py")


def _folder(workspace):
    """Answer the folder of test_lint's tests."""
    return next(
        folder / "test_lint" / "tests"
        for folder in workspace.odoo.addons
        if (folder / "test_lint").is_dir()
    )


def pylint(workspace):
    """Run pylint with Odoo's checkers of SQL injection and translation."""
    environment = {
        **workspace.environment(),
        "PYTHONPATH": f"{_folder(workspace)}:{workspace.odoo.python_path}",
        "ADDONS_PATH": f"{paths.ADDONS}:{paths.LINKS}",
    }
    return python.pylint("pylint-core.ini", env=environment)


def test_lint(workspace):
    """Run Odoo's test_lint on the suite."""
    template = templates.ensure(workspace)
    with testing.throwaway(template) as name:
        environment = {
            **workspace.environment(),
            "PYTHONPATH": str(testing.PLUGIN),
            "SERCOM_ADDONS": ",".join(addons.suite()),
            "SERCOM_DATABASE": name,
        }
        command = [
            *(workspace.venv / "bin" / "pytest", "--quiet", "--tb=short"),
            *("-p", "sercom_test_lint", "-p", "no:cacheprovider"),
            *("--odoo-database", name, "--odoo-log-level", "warn"),
            *(f"--ignore={file}" for file in LEFT_OUT),
            ".",
        ]
        return run(command, cwd=_folder(workspace), env=environment)


def upgrade_code(workspace):
    """Fail where Odoo's own upgrade scripts, from 17.0 on, would rewrite a file."""
    script = paths.CHECKOUT / "dev" / "scripts" / "upgrade_code.py"
    command = [workspace.venv / "bin" / "python", script, *python.folders()]
    return run(command, env=workspace.environment())
