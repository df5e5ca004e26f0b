"""Databases of the project's cluster, each with its file store."""

import os
import shutil
import subprocess
import time

from . import paths, postgres
from .console import Problem

ATTEMPTS = 20


def query(sql, database="postgres"):
    """Run SQL and answer its output, one line per row, columns apart by ``|``."""
    program = [str(postgres.folder() / "psql"), "--no-psqlrc", "--quiet", "-At"]
    answer = subprocess.run(
        [*program, "--set=ON_ERROR_STOP=1", "--dbname", database],
        input=sql,
        capture_output=True,
        text=True,
        env={**os.environ, **postgres.environment()},
        check=False,
    )
    if answer.returncode:
        raise Problem(f"PostgreSQL: {answer.stderr.strip().splitlines()[0]}")
    return answer.stdout.splitlines()


def _name(database):
    return '"' + database.replace('"', '""') + '"'


def _text(value):
    return "'" + value.replace("'", "''") + "'"


def names():
    """Answer the names of all databases, the latest made last."""
    return query("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY oid")


def exists(database):
    """Tell whether there is such a database."""
    return database in names()


def copy(source, target):
    """Make a database that is the exact copy of another one.

    Files of a file store are never changed once written, so that the copy shares them.
    PostgreSQL copies a database to which nobody is connected: a server's idle connections are
    ended (it opens others by itself), a transaction is waited for.
    """
    drop(target)
    for attempt in range(ATTEMPTS):
        _end_idle_connections(source)
        try:
            query(f"CREATE DATABASE {_name(target)} TEMPLATE {_name(source)}")
            break
        except Problem as problem:
            if attempt == ATTEMPTS - 1 or "being accessed" not in str(problem):
                raise
    if (paths.FILESTORE / source).is_dir():
        shutil.copytree(paths.FILESTORE / source, paths.FILESTORE / target, copy_function=os.link)


def _end_idle_connections(database, seconds=30):
    """End the connections that do nothing, until none is left or the time is over."""
    those = f"FROM pg_stat_activity WHERE datname = {_text(database)}"
    deadline = time.monotonic() + seconds
    while query(f"SELECT pid {those}") and time.monotonic() < deadline:
        query(f"SELECT pg_terminate_backend(pid) {those} AND state = 'idle'")
        time.sleep(0.05)


def drop(database):
    """Remove a database and its files, whoever is connected to it."""
    for attempt in range(ATTEMPTS):
        try:
            query(f"DROP DATABASE IF EXISTS {_name(database)} WITH (FORCE)")
            break
        except Problem:
            # A vacuum of PostgreSQL's own cannot be sent away: it is over in a moment.
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(1)
    shutil.rmtree(paths.FILESTORE / database, ignore_errors=True)


def rename(database, name):
    """Give a database its final name, in place of one that had it."""
    drop(name)
    if (paths.FILESTORE / database).is_dir():
        (paths.FILESTORE / database).rename(paths.FILESTORE / name)
    query(f"ALTER DATABASE {_name(database)} RENAME TO {_name(name)}")


def note(database, text=None):
    """Write a note that stays with the database, or answer the one it has."""
    if text is None:
        sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = "
        return "\n".join(query(sql + _text(database)))
    query(f"COMMENT ON DATABASE {_name(database)} IS {_text(text)}")
    return text


def not_installed(database, modules):
    """Answer which of these modules are not installed in a database."""
    sql = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return sorted(set(modules) - set(query(sql, database)))


def set_parameters(database, **values):
    """Set Odoo's system parameters; ``__`` in a name stands for a dot."""
    rows = ", ".join(f"({_text(k.replace('__', '.'))}, {_text(v)})" for k, v in values.items())
    query(
        f"INSERT INTO ir_config_parameter (key, value) VALUES {rows}"
        " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        database,
    )
