"""What a person sees: messages, long steps that show they are moving, problems in one line.

All of it goes to standard error, so that the output of a command can be piped.
"""

import contextlib
import fcntl
import subprocess
import sys
import time

from . import paths

TICK = 0.2  # seconds between two looks at a running step
HEARTBEAT = 15  # seconds between two lines where there is no terminal to refresh


class Problem(Exception):
    """What stops a command. Its text is one line that tells a person what to do."""


def say(text=""):
    """Print a line for people."""
    print(text, file=sys.stderr, flush=True)


def step(label, command, *, log, allowed=(0,), **options):
    """Run a long command, its output going to a log file, and show that it is moving.

    :param label: what the step does, as a person would say it
    :param log: path of the log file, written anew
    :param allowed: the statuses that are no failure
    :param options: passed on to ``subprocess.Popen``
    :raise Problem: the command failed; the end of its log has been printed
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    options.setdefault("stdin", subprocess.DEVNULL)
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
        try:
            _watch(label, process)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode not in allowed:
        say(_tail(log))
        raise Problem(f"{label}: failed with status {process.returncode}. Whole log: {log}")


def _watch(label, process):
    """Show the seconds that pass until the process ends."""
    terminal = sys.stderr.isatty()
    start = shown = time.monotonic()
    if not terminal:
        say(f"{label} …")
    while process.poll() is None:
        time.sleep(TICK)
        now = time.monotonic()
        if terminal:
            print(f"\r{label} … {now - start:.0f} s ", end="", file=sys.stderr, flush=True)
        elif now - shown >= HEARTBEAT:
            say(f"{label} … {now - start:.0f} s")
            shown = now
    seconds = time.monotonic() - start
    say(f"{chr(13) if terminal else ''}{label}: {seconds:.0f} s")


def _tail(log, lines=25):
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


@contextlib.contextmanager
def lock(name, folder=None):
    """Let one process at a time work on something; say so while waiting for another.

    :param folder: where the lock lives; by default the cache all checkouts share
    """
    folder = folder or paths.CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another command that is preparing the same thing ({name}) …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
