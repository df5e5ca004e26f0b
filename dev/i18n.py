"""`make i18n`: the terms of the code as it is now, in each add-on's template and in its French."""

import subprocess

from . import paths, templates, testing
from .console import Problem

SCRIPT = paths.CHECKOUT / "dev" / "scripts" / "i18n.py"


def run(workspace):
    """Export the terms of the whole suite and print those that have no translation yet."""
    with testing.throwaway(templates.ensure(workspace)) as name, SCRIPT.open("rb") as script:
        arguments = ["--database", name, "--no-http", "--log-level", "error"]
        status = subprocess.run(
            workspace.command("shell", *arguments),
            env=workspace.environment(),
            cwd=paths.STATE,
            stdin=script,
            check=False,
        ).returncode
    if status:
        raise Problem(f"Odoo's shell ended with status {status}: the terms were not exported")
