"""Template databases, in two levels, so that a test starts from a copy made in a second.

``deps-<hash>`` has the add-ons of others that Sercom builds on; it changes with Odoo's or their
version. ``suite-<hash>`` (and ``part-<hash>`` for some of the add-ons) has Sercom's own upon it,
and changes with their files. ``bare-<hash>`` and ``alone-<hash>`` are the same two levels for one
add-on with nothing but what it declares.
"""

import hashlib

from . import addons, database, paths, venv
from .console import Problem, lock

LAYOUT = "1"  # to be raised when this file makes the templates differently
LANGUAGE = "en_US,fr_CA"
# Not dependencies, but the demo company's and the tests': the accounting, and payments online.
EXTRA = ("l10n_ca", "payment_demo")
KEPT = 2  # templates of each kind
KINDS = ("deps-", "suite-", "part-", "bare-", "alone-")
PARTIAL = ".partial"  # ends the name of a database that is not whole


def ensure(workspace, names=None):
    """Answer the template database of these add-ons, by default of the whole suite."""
    names = addons.closure(names or addons.suite())
    name = _name(workspace, names)
    with lock("templates", paths.LOCKS):
        if not database.exists(name):
            _build(workspace, names, name)
            _prune(name.partition("-")[0])
    return name


def _name(workspace, names):
    kind = "suite" if len(names) == len(addons.suite()) else "part"
    digests = [f"{name} {addons.digest(name)}" for name in names]
    return f"{kind}-{_hash(_dependencies_key(workspace), *digests)}"


def _hash(*parts):
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _sources(workspace):
    pinned = "".join(path.read_text() for path in venv.FILES[:1] + venv.FILES[2:])
    return workspace.odoo.identity, pinned


def sources_key(workspace):
    """Answer a hash of the versions of Odoo and of the add-ons of others."""
    return _hash(*_sources(workspace))


def _dependencies_key(workspace):
    return _hash(LAYOUT, LANGUAGE, *_sources(workspace), *addons.external(), *EXTRA)


def dependencies(workspace):
    """Answer the template that has only the add-ons of others."""
    name = f"deps-{_dependencies_key(workspace)}"
    if not database.exists(name):
        modules = [*addons.external(), *EXTRA]
        label = f"Installing {len(modules)} add-ons that Sercom builds on (some 3 minutes)"
        install(workspace, label, modules, name, "--load-language", LANGUAGE)
        _prune("deps")
    return name


def alone(workspace, name):
    """Answer the template that has one add-on, what it depends on, and nothing else."""
    names = addons.closure([name])
    others = [*addons.external(names), *EXTRA]
    key = _hash(LAYOUT, LANGUAGE, *_sources(workspace), *others)
    bare = f"bare-{key}"
    digests = [f"{name} {addons.digest(name)}" for name in names]
    target = f"alone-{_hash(key, *digests)}"
    with lock("templates", paths.LOCKS):
        if not database.exists(bare):
            label = f"Installing the {len(others)} add-ons that {name} declares"
            install(workspace, label, others, bare, "--load-language", LANGUAGE)
            _prune("bare")
        if not database.exists(target):
            install(workspace, f"Installing {' '.join(names)}", names, target, source=bare)
            if extra := _strangers(target, names):
                raise Problem(f"{name} alone brought {', '.join(extra)} along")
            _prune("alone")
    return target


def _strangers(name, names):
    """Answer the add-ons of Sercom's in a database beside these and the bridges over them.

    A bridge installs itself where all that it joins is there; of Sercom it joins these alone.
    """
    others = [
        other
        for other, folder in addons.suite().items()
        if other not in names
        and not (
            addons.manifest(folder).get("auto_install")
            and {*addons.closure([other])} <= {other, *names}
        )
    ]
    return sorted(set(others) - set(database.not_installed(name, others)))


def _build(workspace, names, name):
    """Make a template from the fullest one that is there already."""
    source = dependencies(workspace)
    missing = names
    for count in range(len(names) - 1, 0, -1):
        candidate = _name(workspace, names[:count])
        if database.exists(candidate):
            source, missing = candidate, names[count:]
            break
    install(workspace, f"Installing {' '.join(missing)}", missing, name, source=source)


def install(workspace, label, modules, name, *options, source=None):
    """Install modules in a database that appears under its name only when all is well.

    :param source: the database to start from; none for an empty one
    """
    kind = name.partition("-")[0]
    for rest in database.names():
        if rest.startswith(f"{kind}-") and rest.endswith(PARTIAL):
            database.drop(rest)
    partial = name + PARTIAL
    if source:
        database.copy(source, partial)
    arguments = [
        "--database",
        partial,
        "--init",
        ",".join(modules),
        "--stop-after-init",
        "--no-http",
    ]
    workspace.run(label, *arguments, *options, log=f"{kind}.log")
    if missing := database.not_installed(partial, modules):
        log = paths.STATE_LOGS / f"{kind}.log"
        raise Problem(f"Odoo did not install {', '.join(missing)}. Its log: {log}")
    database.rename(partial, name)


def _prune(kind):
    """Drop the oldest templates of a kind, so that the disk does not fill."""
    found = [name for name in database.names() if name.startswith(f"{kind}-")]
    kept = KEPT if kind in ("deps", "suite") else KEPT * len(addons.suite())
    for name in found[:-kept]:
        database.drop(name)
