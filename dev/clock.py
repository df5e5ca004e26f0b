"""`make test CLOCK=…`: another moment as if it were now, for Python, PostgreSQL and the browser.

A small library, preloaded into every process, moves the date by a constant distance, so that all of
them agree, whenever each was started, and their time goes on. It is compiled when first needed.
"""

import hashlib
import os
from datetime import datetime, timedelta, timezone

from . import debian, paths
from .console import Problem, lock, say, step

SOURCE = paths.CHECKOUT / "dev" / "scripts" / "clock.c"
PACKAGES = ("gcc", "libc6-dev")


def parse(text, now=None):
    """Answer the seconds between now and a moment.

    :param text: a moment in ISO 8601, in UTC where it names no zone
    """
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        raise Problem(f"{text!r} is no moment: CLOCK='2026-11-29 02:40' (UTC, or +hh:mm)") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return round((moment - (now or _get_real_now())).total_seconds())


def _get_real_now():
    """Answer the moment that it is, also in a process whose clock is moved."""
    moved = timedelta(seconds=int(os.environ.get("SERCOM_CLOCK") or 0))
    return datetime.now(timezone.utc) - moved


def variables(text):
    """Answer the environment variables of a process for which a moment is now; none without one."""
    if not text:
        return {}
    seconds = parse(text)
    say(f"The clock says {text}.")
    return {"LD_PRELOAD": str(_library()), "SERCOM_CLOCK": str(seconds)}


def _library():
    """Answer the path of the library, for all users of the machine to read: PostgreSQL's too."""
    target = paths.CACHE / f"clock-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:10]}.so"
    if not target.exists():
        debian.require(PACKAGES)
        with lock("clock"):
            partial = target.with_suffix(".partial")
            options = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-pthread"]
            command = ["gcc", *options, "-o", str(partial), str(SOURCE), "-ldl"]
            step("Compiling the clock", command, log=paths.LOGS / "clock.log")
            partial.replace(target)
    return target
