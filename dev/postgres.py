"""The project's own PostgreSQL: a private cluster, reached through its Unix socket only.

It holds nothing but development and test databases, so it does not wait for the disk: a crash of
the whole machine can spoil it (`make clean` makes a new one), a crash of PostgreSQL cannot.
"""

import json
import os
import shlex
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import paths
from .console import Problem, lock, say, step

USER = "sercom"
CLOCK = paths.STATE / "postgres.clock"  # by which clock the running server was started
PORT = "5432"  # only names the socket: nothing listens on the network
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",  # costs more than Odoo's short queries win by it
    "autovacuum_naptime": "5min",
    "max_wal_size": "2GB",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


def folder():
    """Answer the folder of PostgreSQL's server programs, of the version the cluster has."""
    folders = {path.parent.parent.name: path.parent for path in _debian_programs()}
    version = paths.CLUSTER / "PG_VERSION"
    if version.exists() and (made_by := version.read_text().strip()) in folders:
        return folders[made_by]
    if folders:
        return folders[max(folders, key=float)]
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise Problem("Please install PostgreSQL: sudo apt-get install postgresql")


def _debian_programs():
    return Path("/usr/lib/postgresql").glob("*/bin/initdb")


def environment():
    """Answer what libpq's programs need to find the cluster."""
    return {"PGHOST": str(paths.SOCKET), "PGPORT": PORT, "PGUSER": USER}


def ensure(clock=None):
    """Create the cluster if there is none, start it if it is stopped or runs by another clock.

    :param clock: environment variables that set the server's clock, ``{}`` for the machine's; none
        where any clock will do that somebody is using
    """
    if is_running() and _clock() == (clock or {}):
        return
    with lock("postgres", paths.LOCKS):
        if not (paths.CLUSTER / ".complete").exists():
            _create()
        if is_running() and _clock() != (clock or {}):
            if _is_used():
                if clock is None:
                    return
                raise Problem(
                    "PostgreSQL must start again, by another clock, and another command is using "
                    "it: wait for it, or end it (make stop)"
                )
            stop(quiet=True)
        if not is_running():
            _start(clock)


@contextmanager
def clock(variables):
    """Let the server run by another clock for a while.

    :param variables: environment variables that set it; empty for the machine's
    """
    ensure(variables)
    try:
        yield
    finally:
        ensure()


def _clock():
    """Answer by which clock the server was started."""
    try:
        return json.loads(CLOCK.read_text())
    except OSError:
        return {}


def _is_used():
    """Tell whether somebody is connected to the server."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    command = [folder() / "psql", "--no-psqlrc", "-At", "--dbname", "postgres", "--command", others]
    environ = {**os.environ, **environment()}
    answer = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return answer.stdout.strip() != "1"


def is_running():
    """Tell whether the server answers."""
    command = [str(folder() / "pg_isready"), "--quiet"]
    environ = {**os.environ, **environment()}
    return not subprocess.run(command, env=environ, check=False).returncode


def _as_server(command):
    """Answer the command as the user the server runs as: PostgreSQL refuses to be root."""
    prefix = ["runuser", "-u", "postgres", "--"] if paths.IS_ROOT else []
    return [*prefix, *map(str, command)]


def _make_folder(path):
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.chmod(0o700)
    if paths.IS_ROOT:
        shutil.chown(path, "postgres", "postgres")
    elif path.stat().st_uid != os.geteuid():
        raise Problem(f"{path} belongs to someone else: please remove it")


def _create():
    shutil.rmtree(paths.CLUSTER, ignore_errors=True)
    _make_folder(paths.CLUSTER)
    initdb = [folder() / "initdb", "--pgdata", paths.CLUSTER, "--username=postgres"]
    step(
        "Creating the PostgreSQL cluster",
        _as_server([*initdb, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]),
        log=paths.STATE_LOGS / "initdb.log",
        cwd="/",
    )
    _start()
    role = f"CREATE ROLE {USER} LOGIN CREATEDB"
    psql = [folder() / "psql", "--quiet", "--no-psqlrc", "-h", paths.SOCKET, "-p", PORT]
    subprocess.run(
        _as_server([*psql, "--username=postgres", "--command", role, "postgres"]),
        check=True,
        cwd="/",
    )
    (paths.CLUSTER / ".complete").touch()


def _pg_ctl(*arguments, cluster=paths.CLUSTER):
    return _as_server([folder() / "pg_ctl", "--pgdata", cluster, *arguments])


def _start(clock=None):
    CLOCK.write_text(json.dumps(clock or {}))
    _make_folder(paths.SOCKET)
    log = paths.CLUSTER / "server.log"
    settings = {"unix_socket_directories": paths.SOCKET, "port": PORT, **SETTINGS}
    words = " ".join(shlex.quote(f"--{key}={value}") for key, value in settings.items())
    command = _pg_ctl("start", "--wait", "--timeout=120", "--log", log, "--options", words)
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    options["env"] = {**os.environ, **(clock or {})}
    if subprocess.run(command, check=False, start_new_session=True, **options).returncode:
        raise Problem(
            f"PostgreSQL did not start. Its log: {log} (`make clean` makes a new cluster)"
        )


def stop(cluster=paths.CLUSTER, quiet=False):
    """Stop the server of a cluster, ending its connections."""
    if not (cluster / "postmaster.pid").exists():
        return
    command = _pg_ctl("stop", "--mode=fast", "--wait", cluster=cluster)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, cwd="/")
    if not quiet:
        say("PostgreSQL stopped.")
