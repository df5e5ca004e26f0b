"""The demo database: the suite with the demo company, kept up to date with the code."""

import json
import uuid

from . import addons, database, paths, templates, testing
from .console import Problem, lock, say, step

NAME = "sercom"
LOADER = paths.CHECKOUT / "data" / "demo" / "load.py"
ASSETS = paths.CHECKOUT / "dev" / "scripts" / "assets.py"
LOGINS = paths.CHECKOUT / "data" / "demo" / "logins.txt"


def ensure(workspace, name=NAME, fresh=False):
    """Make the demo database, or update the add-ons that changed since; its data stay.

    :param fresh: make it anew, with the demo company as it is now
    """
    with lock(f"demo-{name}", paths.LOCKS):
        if fresh or not database.exists(name):
            _create(workspace, name)
        else:
            update(workspace, name)


def copy(workspace, name, fresh=False):
    """Make a copy of the demo database, as it is now, under another name.

    :param fresh: in place of one that has this name
    """
    if name in (NAME, "postgres") or name.startswith((*templates.KINDS, testing.PREFIX)):
        raise Problem(f"The database {name} has another use: name the copy differently")
    if database.exists(name) and not fresh:
        raise Problem(f"There is a database {name} already: make copy DB={name} FRESH=1 remakes it")
    ensure(workspace)
    with lock(f"demo-{NAME}", paths.LOCKS), lock(f"demo-{name}", paths.LOCKS):
        partial = f"{name}.partial"
        database.copy(NAME, partial)
        # As Odoo's own copies: another database, for whoever tells databases apart by this.
        database.set_parameters(partial, database__uuid=str(uuid.uuid4()))
        database.note(partial, database.note(NAME))
        database.rename(partial, name)


def _digests(workspace):
    """Answer what the database is made of; all else is updated with ``base``."""
    ours = {name: addons.digest(name) for name in addons.suite()}
    return {"base": templates.sources_key(workspace), **ours}


def _create(workspace, name):
    source = templates.ensure(workspace)
    partial = f"{name}.partial"
    database.copy(source, partial)
    if LOADER.exists():
        feed(workspace, "Loading the demo company", partial, LOADER)
    _prepare_assets(workspace, partial)
    database.note(partial, json.dumps(_digests(workspace)))
    database.rename(partial, name)


def feed(workspace, label, name, script, **environment):
    """Run a script in Odoo's shell, as a long step.

    :param environment: variables that the script reads
    """
    with script.open("rb") as content:
        step(
            label,
            workspace.command("shell", "--database", name, "--no-http"),
            log=paths.STATE_LOGS / f"{script.stem}.log",
            env={**workspace.environment(), **environment},
            cwd=paths.STATE,
            stdin=content,
        )


def _prepare_assets(workspace, name):
    """Compile the client's scripts and styles, so that the first page does not wait for them."""
    feed(workspace, "Compiling the web client", name, ASSETS)


def update(workspace, name):
    now = _digests(workspace)
    before = {"base": now["base"], **_noted(name)}
    if before == now:
        return
    # A copy is updated, and takes the place of the database once all went well.
    partial = f"{name}.partial"
    database.copy(name, partial)
    new = database.not_installed(partial, now)
    changed = [m for m in now if before.get(m) != now[m] and m not in new]
    arguments = ["--database", partial, "--stop-after-init", "--no-http"]
    if new:
        arguments += ["--init", ",".join(new)]
    if changed:
        arguments += ["--update", ",".join(changed)]
    try:
        workspace.run(f"Updating {' '.join(new + changed)}", *arguments, log="update.log")
    except Problem as problem:
        database.drop(partial)
        raise Problem(f"{problem}\n{_anew(name)}") from None
    if missing := database.not_installed(partial, now):
        log = paths.STATE_LOGS / "update.log"
        raise Problem(f"Odoo did not update {', '.join(missing)}. Its log: {log}\n{_anew(name)}")
    database.note(partial, json.dumps(now))
    database.rename(partial, name)


def _anew(name):
    """Say the way out of a database that the code no longer fits."""
    which = "" if name == NAME else f" DB={name}"
    return f"To begin anew, without what you did in the demo company: make run{which} FRESH=1"


def _noted(name):
    """Answer the digests of the add-ons in a database; nothing for one made by someone else."""
    try:
        return dict(json.loads(database.note(name)))
    except ValueError:
        return {}


def say_logins():
    """Print one login per role."""
    say(LOGINS.read_text() if LOGINS.exists() else "login: admin   password: admin")
