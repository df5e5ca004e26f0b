"""The web servers of this checkout, one per port, each on a database and in the foreground."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

from . import database, demo, paths
from .console import Problem, say

HOST = "127.0.0.1"
STOPPED = (0, 130, -signal.SIGINT, -signal.SIGTERM)


def check_port(port):
    """Raise a problem where something already listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Problem(
                f"Port {port} is busy: stop what listens there (make stop), or name another: "
                f"make run PORT={port + 1}"
            ) from None


def run(workspace, name, port):
    """Serve a database until Ctrl-C; say where, and who can log in."""
    address = f"http://{HOST}:{port}"
    # wkhtmltopdf reads a report's styles from the server itself.
    database.set_parameters(name, report__url=address, web__base__url=address)
    log = paths.STATE_LOGS / f"server-{port}.log"
    pid = paths.server_pid(port)
    arguments = ["--database", name, "--db-filter", f"^{re.escape(name)}$", "--http-port", port]
    with log.open("wb") as output:
        process = subprocess.Popen(
            workspace.command(*arguments),
            env=workspace.environment(),
            cwd=paths.STATE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    pid.write_text(str(process.pid))
    try:
        _wait_until_up(process, port, log)
        demo.say_logins()
        shown = f"http://{_host(name)}:{port}"
        say(f"Sercom is at {shown} (database {name}; log: {log}). Ctrl-C stops it.")
        status = process.wait()
    except KeyboardInterrupt:
        status = _finish(process)
    finally:
        pid.unlink(missing_ok=True)
    if status not in STOPPED:
        raise Problem(f"Odoo ended with status {status}. Its log: {log}")


def _host(name):
    """Answer the host under which a person opens a database.

    A browser's cookies are its host's, whatever the port: two servers under one host would sign
    each other's people out. Browsers find every name below ``localhost`` on this machine.
    """
    return HOST if name == demo.NAME else f"{name}.localhost"


def _wait_until_up(process, port, log, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Problem(f"Odoo did not start. Its log: {log}")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    _finish(process)
    raise Problem(f"Odoo did not answer within {seconds} s. Its log: {log}")


def _finish(process):
    """Let Odoo stop by itself; Ctrl-C in a terminal has already told it to."""
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        return process.wait()


def stop(seconds=30):
    """Stop the servers that `run` started in other terminals, and wait until they have ended."""
    running = {}
    for file in sorted(paths.STATE.glob(paths.server_pid("*").name)):
        if process := _process(file):
            os.kill(int(process.name), signal.SIGTERM)
            running[file] = process
        else:
            file.unlink(missing_ok=True)
    deadline = time.monotonic() + seconds
    for file, process in running.items():
        while file.exists() and process.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        say(f"Odoo stopped (port {file.stem.rpartition('-')[2]}).")


def _process(file):
    """Answer the folder in /proc of the server whose id a file holds; None where it has ended."""
    try:
        process = Path("/proc") / str(int(file.read_text()))
        return process if b"odoo" in (process / "cmdline").read_bytes() else None
    except (OSError, ValueError):
        return None
