"""The web server on the demo database, in the foreground."""

import os
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
    log = paths.STATE_LOGS / "server.log"
    arguments = ["--database", name, "--db-filter", f"^{name}$", "--http-port", port]
    with log.open("wb") as output:
        process = subprocess.Popen(
            workspace.command(*arguments),
            env=workspace.environment(),
            cwd=paths.STATE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    paths.SERVER_PID.write_text(str(process.pid))
    try:
        _wait_until_up(process, port, log)
        demo.say_logins()
        say(f"Sercom is at {address} (database {name}; log: {log}). Ctrl-C stops it.")
        status = process.wait()
    except KeyboardInterrupt:
        status = _finish(process)
    finally:
        paths.SERVER_PID.unlink(missing_ok=True)
    if status not in STOPPED:
        raise Problem(f"Odoo ended with status {status}. Its log: {log}")


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
    """Stop the server that `run` started in another terminal, and wait until it has ended."""
    try:
        pid = int(paths.SERVER_PID.read_text())
        running = Path("/proc") / str(pid)
        if b"odoo" not in (running / "cmdline").read_bytes():
            return
    except (OSError, ValueError):
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while paths.SERVER_PID.exists() and running.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    say("Odoo stopped.")
